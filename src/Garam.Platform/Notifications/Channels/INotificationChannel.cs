namespace Garam.Platform.Notifications.Channels;

/// <summary>One way to reach people or programs. Thread-safe: its loop and a test by hand may send at once.</summary>
internal interface INotificationChannel
{
    /// <summary>As routes name it.</summary>
    string Name { get; }

    /// <summary><c>email</c>, <c>webhook</c>, <c>mqtt</c>, <c>dashboard</c>.</summary>
    string Type { get; }

    /// <summary>Where it goes, without anything secret: a host, a topic.</summary>
    string Target { get; }

    /// <summary>
    /// Sends once. What the other side or the network does wrong is a result, never an exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cut by <paramref name="cancellation"/>; the message may have arrived.</exception>
    Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellation);
}

namespace Garam.Platform.Notifications;

/// <summary>What became of a channel's notifications since the start. One writer, any reader.</summary>
internal sealed class ChannelCounters
{
    private long _sent;
    private long _retried;
    private long _failed;
    private long _expired;
    private long _messages;

    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Tries that failed and are made again.</summary>
    public long Retried => Volatile.Read(ref _retried);

    public long Failed => Volatile.Read(ref _failed);

    public long Expired => Volatile.Read(ref _expired);

    /// <summary>Messages that went out: a digest is one, however many notifications it tells.</summary>
    public long Messages => Volatile.Read(ref _messages);

    public void CountSent(int notifications)
    {
        Interlocked.Add(ref _sent, notifications);
        Interlocked.Increment(ref _messages);
    }

    public void CountRetried(int notifications) => Interlocked.Add(ref _retried, notifications);

    public void CountFailed(int notifications) => Interlocked.Add(ref _failed, notifications);

    public void CountExpired(int notifications) => Interlocked.Add(ref _expired, notifications);
}

using Garam.Mqtt.Broker;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Notifications.Channels;
using Garam.Platform.Notifications.Forms;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Notifications;

/// <summary>Everything that sends: a loop for each channel, and the one that escalates. What it sends is what the outbox holds.</summary>
public sealed class NotificationDispatch : IAsyncDisposable
{
    // Local and without limits of others: no digests, no rate.
    private static readonly ChannelLimits MqttLimits = new(0, 0, TimeSpan.FromSeconds(10));
    private static readonly ChannelLimits DashboardLimits = new(0, 5, TimeSpan.FromSeconds(10));

    private readonly List<ChannelLoop> _loops = [];
    private readonly MessageWriter _writer;
    private readonly NotificationOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Escalator? _escalator;
    private int _disposed;

    internal NotificationDispatch(
        NotificationOutbox outbox, NotificationOptions options, IReadOnlyList<INotificationForm> forms, DeviceRegistry registry, MqttBroker broker,
        TimeProvider time, ILogger logger)
    {
        _outbox = outbox;
        _time = time;
        _logger = logger;
        _writer = new MessageWriter(outbox, new GeneralForm(registry), forms, options.PublicUrl, time, logger);
        if (options.Mqtt)
            Add(new MqttChannel(broker), MqttLimits);
        if (options.Dashboard)
            Add(new DashboardChannel(Stream), DashboardLimits);
        foreach (var channel in options.Channels)
        {
            Recipients[channel.Name] = channel is { Type: "webhook", Format: "sms" } ? channel.To.FirstOrDefault() ?? "" : "";
            Add(
                channel.Type == "email" ? new EmailChannel(channel, logger) : new WebhookChannel(channel, time),
                new ChannelLimits(channel.PerMinute, channel.DigestOver, TimeSpan.FromSeconds(channel.TimeoutSeconds)));
        }
    }

    /// <summary>What open pages are told.</summary>
    public NotificationStream Stream { get; } = new();

    internal IReadOnlyList<ChannelLoop> Loops => _loops;

    private Dictionary<string, string> Recipients { get; } = new(StringComparer.Ordinal);

    /// <summary>Begins to escalate.</summary>
    /// <param name="record">Puts a step that was taken into the alarm's history, at least once; what it throws is tried again.</param>
    public void Start(Func<EscalationTaken, CancellationToken, Task> record) => _escalator ??= new Escalator(_outbox, record, _time, _logger);

    /// <summary>What became of notifications since the start, by channel.</summary>
    internal IEnumerable<(string Channel, string Result, long Count)> Results()
    {
        foreach (var loop in _loops)
        {
            var (name, counters) = (loop.Channel.Name, loop.Counters);
            yield return (name, "sent", counters.Sent);
            yield return (name, "retried", counters.Retried);
            yield return (name, "failed", counters.Failed);
            yield return (name, "expired", counters.Expired);
        }

        if (_outbox.Overflowed > 0)
            yield return ("all", "overflow", _outbox.Overflowed);
    }

    internal IEnumerable<(string Channel, long Waiting, long Messages)> Levels() =>
        _loops.Select(l => (l.Channel.Name, _outbox.WaitingFor(l.Channel.Name), l.Counters.Messages));

    /// <summary>Ends the loops; what is under way has a moment to finish, what waits is sent after the next start. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        if (_escalator is not null)
            await _escalator.DisposeAsync();
        await Task.WhenAll(_loops.Select(l => l.DisposeAsync().AsTask()));
        foreach (var channel in _loops.Select(l => l.Channel).OfType<IDisposable>())
            channel.Dispose();
    }

    /// <summary>Sends a test past the outbox. Null: there is no such channel.</summary>
    internal async Task<SendResult?> TestAsync(string channel, CancellationToken cancellation)
    {
        if (_loops.Find(l => l.Channel.Name == channel) is not { } loop)
            return null;
        var message = _writer.WriteTest($"test-{Guid.NewGuid():N}", Recipients.GetValueOrDefault(channel, ""));
        return await loop.SendOnceAsync(message, cancellation);
    }

    /// <summary>Sends a failed one again. False: there is none of this id, or it has not failed.</summary>
    internal bool Retry(Notification notification)
    {
        if (!_outbox.Retry(notification.Id))
            return false;
        _loops.Find(l => l.Channel.Name == notification.Channel)?.Hurry();
        return true;
    }

    private void Add(INotificationChannel channel, ChannelLimits limits)
    {
        // A seed of its own keeps the channels' breaks apart.
        var random = new Random(channel.Name.GetHashCode(StringComparison.Ordinal));
        _loops.Add(new ChannelLoop(channel, limits, new SendQueue(_outbox.Database, channel.Name), _outbox, _writer, _time, random, _logger));
    }
}

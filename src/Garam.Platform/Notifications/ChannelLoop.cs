using Garam.Platform.Notifications.Channels;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Notifications;

/// <summary>
/// Sends what waits for one channel, one message at a time. Each channel has its own loop, so one that hangs or is down makes no other wait.
/// </summary>
/// <remarks>
/// What holds: a row is marked sent only after the channel took it, and nothing else is sent before the mark is on disk; so while the process
/// lives nothing is sent twice, and a crash between the two repeats one message with the same key. A try that failed changes nothing but the
/// row's due time.
/// </remarks>
internal sealed class ChannelLoop : IAsyncDisposable
{
    private static readonly TimeSpan RetryFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryLongest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ExpiryPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How long the message under way may go on when the program ends.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly INotificationChannel _channel;
    private readonly ChannelLimits _limits;
    private readonly SendQueue _queue;
    private readonly NotificationOutbox _outbox;
    private readonly MessageWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Bell _bell;
    private readonly MessageRate _rate;
    private readonly Random _random;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cutting = new();
    private readonly Task _running;
    private long _expiredUs;

    public ChannelLoop(
        INotificationChannel channel, ChannelLimits limits, SendQueue queue, NotificationOutbox outbox, MessageWriter writer, TimeProvider time, Random random,
        ILogger logger)
    {
        _channel = channel;
        _limits = limits;
        _queue = queue;
        _outbox = outbox;
        _writer = writer;
        _time = time;
        _logger = logger;
        _random = random;
        _bell = outbox.BellOf(channel.Name);
        _rate = new MessageRate(limits.PerMinute);
        Circuit = new ChannelCircuit(random);
        _running = Task.Run(RunAsync);
    }

    public INotificationChannel Channel => _channel;

    public ChannelCircuit Circuit { get; }

    public ChannelCounters Counters { get; } = new();

    /// <summary>Tries now what a person wants to be tried.</summary>
    public void Hurry()
    {
        Circuit.Release();
        _bell.Ring();
    }

    /// <summary>Sends past the outbox, once: a test.</summary>
    public Task<SendResult> SendOnceAsync(OutgoingMessage message, CancellationToken cancellation) => TryAsync(message, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _cutting.CancelAfter(Grace);
        await _running;
        _stopping.Dispose();
        _cutting.Dispose();
    }

    private Task RunAsync() => _bell.RunAsync(
        StepAsync,
        // The database is stuck or a row is damaged. Nothing was sent that is not marked; it is tried again.
        e => _logger.LogError(e, "The notifications of the channel '{Channel}' cannot be worked on; tried again in {Seconds} s", _channel.Name, RetryFirst.TotalSeconds),
        RetryFirst, _stopping.Token);

    /// <summary>Sends at most one message; returns how long there is nothing to do.</summary>
    private async Task<TimeSpan> StepAsync()
    {
        var now = NowUs();
        Expire(now);
        var pause = Max(Circuit.WaitAt(now), _rate.WaitAt(now));
        if (pause > TimeSpan.Zero)
            return pause;
        if (_queue.Next(now) is not { } next)
            return Idle(now);
        var key = next.Message ?? (_limits.DigestOver > 0 ? _queue.Gather(next, _limits.DigestOver, now) ?? _queue.Claim(next) : next.Key);
        var message = key == next.Key ? _writer.Write(next) : _writer.Write(next, key, _queue.Digest(key, AlarmDigest.WorstMax));
        if (message is null)
        {
            Count(_queue.Fail(next.Id, "the stored alarm cannot be read"), Counters.CountFailed);
            return TimeSpan.Zero;
        }

        _rate.Take();
        await SettleAsync(next, key == next.Key ? null : key, await TryAsync(message, _cutting.Token));
        return TimeSpan.Zero;
    }

    private async Task<SendResult> TryAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_limits.Timeout, _time);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await _channel.SendAsync(message, cut.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return SendResult.Temporary($"no answer within {_limits.Timeout.TotalSeconds:0} s", mayHaveArrived: true);
        }
    }

    private async Task SettleAsync(Notification next, string? digest, SendResult result)
    {
        if (result.IsSent)
        {
            await MarkAsync(() => Count(_queue.Sent(next.Id, digest, NowUs()), Counters.CountSent));
            if (Circuit.Succeeded())
            {
                _logger.LogInformation("The channel '{Channel}' works again", _channel.Name);
                _queue.Hurry(NowUs());
            }

            return;
        }

        var error = result.Error ?? "";
        if (result.IsPermanent)
        {
            _logger.LogError("A notification was refused by the channel '{Channel}' for good: {Error}", _channel.Name, error);
            await MarkAsync(() => Count(_queue.Fail(next.Id, error, digest), Counters.CountFailed));
            Circuit.Succeeded();
            return;
        }

        var now = NowUs();
        if (Circuit.Failed(error, result.RetryAfter, now))
            _logger.LogWarning("The channel '{Channel}' does not work and is tried in growing breaks: {Error}", _channel.Name, error);
        var due = now + (Max(Backoff.Of(next.Attempts, RetryFirst, RetryLongest, _random), Circuit.WaitAt(now)).Ticks / 10);
        await MarkAsync(() => Counters.CountRetried(_queue.Postpone(next.Id, digest, error, due, isDissolved: !result.MayHaveArrived)));
    }

    /// <summary>The mark must be on disk before anything else is sent, however long the disk takes: else it would be sent twice.</summary>
    private async Task MarkAsync(Action mark)
    {
        while (true)
        {
            try
            {
                mark();
                return;
            }
            catch (System.Data.Common.DbException e)
            {
                _logger.LogError(e, "What became of a notification of '{Channel}' cannot be written; the channel waits. Check the disk of the data folder.", _channel.Name);
                await Task.Delay(TimeSpan.FromSeconds(1), _time, _stopping.Token);
            }
        }
    }

    private void Expire(long now)
    {
        if (now - _expiredUs < ExpiryPeriod.Ticks / 10)
            return;
        _expiredUs = now;
        var expired = _queue.Expire(now);
        if (expired == 0)
            return;
        Count(expired, Counters.CountExpired);
        _logger.LogError(
            "{Count} notifications of the channel '{Channel}' were given up: not sent within {Hours} hours ({Error})", expired, _channel.Name,
            NotificationOutbox.Life.TotalHours, Circuit.LastError ?? "none failed");
    }

    private TimeSpan Idle(long now)
    {
        var wait = _queue.NextDueUs() is { } due ? TimeSpan.FromMicroseconds(Math.Max(1, due - now)) : ExpiryPeriod;
        return wait < ExpiryPeriod ? wait : ExpiryPeriod;
    }

    private void Count(int notifications, Action<int> counter)
    {
        _outbox.Settled(_channel.Name, notifications);
        counter(notifications);
    }

    private long NowUs() => Rest.TimeParameter.ToUs(_time.GetUtcNow());

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

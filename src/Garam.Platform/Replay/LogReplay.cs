namespace Garam.Platform.Replay;

/// <summary>
/// Decodes a range of the raw log again with the specs and derivations of today and repairs what is stored of it, while the node goes on
/// taking messages. One replay at a time. No alarm comes of it unless asked for.
/// </summary>
/// <remarks>
/// Idempotent: a replay that was cancelled, or died with the program, is finished by asking for it again. Each device is repaired on its own
/// lane in stretches of a thousand messages, so live readings wait for milliseconds and keep their order.
/// </remarks>
public sealed class LogReplay
{
    private readonly ReplaySources _sources;
    private readonly PastAlarms _alarms;
    private int _running;

    internal LogReplay(ReplaySources sources, PastAlarms alarms)
    {
        _sources = sources;
        _alarms = alarms;
    }

    /// <summary>Runs a replay to its end; null when another is running.</summary>
    /// <param name="progress">Called now and then, from several threads; must not block.</param>
    /// <exception cref="OperationCanceledException">Cancelled: what has been repaired stays repaired.</exception>
    /// <exception cref="Rules.BackTest.BackTestLimitException">The readings are repaired; there are too many of them to be judged at once.</exception>
    /// <exception cref="Garam.Log.LogPositionGoneException">Retention removed the part of the log that was being read; ask again.</exception>
    public async Task<ReplayReport?> TryRunAsync(ReplayRequest request, Action<ReplayProgress> progress, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
            return null;
        try
        {
            var report = await new ReplayPass(_sources, request, progress).RunAsync(cancellation);
            if (request.RaisesFor is not { } by || report.EarliestUs > report.NewestUs)
                return report;
            var reached = new ReplayProgress(1, report.Messages, report.Added + report.Changed + report.Removed);
            var alarms = await _alarms.RaiseAsync(
                report.EarliestUs, report.NewestUs + 1, request.DeviceId, by, share => progress(reached with { Judged = share }), cancellation);
            return report with { Alarms = alarms };
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}

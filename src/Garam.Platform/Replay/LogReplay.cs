namespace Garam.Platform.Replay;

/// <summary>
/// Decodes a range of the raw log again with the specs and derivations of today and repairs what is stored of it, while the node goes on
/// taking messages. One replay at a time. No alarm comes of it.
/// </summary>
/// <remarks>
/// Idempotent: a replay that was cancelled, or died with the program, is finished by asking for it again. Each device is repaired on its own
/// lane in stretches of a thousand messages, so live readings wait for milliseconds and keep their order.
/// </remarks>
public sealed class LogReplay
{
    private readonly ReplaySources _sources;
    private int _running;

    internal LogReplay(ReplaySources sources) => _sources = sources;

    /// <summary>Runs a replay to its end; null when another is running.</summary>
    /// <param name="progress">Called now and then, by one thread at a time; must not block.</param>
    /// <exception cref="OperationCanceledException">Cancelled: what has been repaired stays repaired.</exception>
    /// <exception cref="Garam.Log.LogPositionGoneException">Retention removed the part of the log that was being read; ask again.</exception>
    public async Task<ReplayReport?> TryRunAsync(ReplayRequest request, Action<ReplayProgress> progress, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
            return null;
        try
        {
            return await new ReplayPass(_sources, request, progress).RunAsync(cancellation);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}

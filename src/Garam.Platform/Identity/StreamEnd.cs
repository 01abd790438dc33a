namespace Garam.Platform.Identity;

/// <summary>When an answer that stays open must close. Dispose it with the stream.</summary>
public sealed class StreamEnd : IDisposable
{
    /// <summary>A timer takes no more than 49 days.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _all;

    internal StreamEnd(Caller caller, TimeProvider time, CancellationToken[] others)
    {
        var left = caller.Until is { } until ? until - time.GetUtcNow() : Longest;
        _clock = new CancellationTokenSource(left < TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest, time);
        _all = CancellationTokenSource.CreateLinkedTokenSource([caller.Principal.Ended, _clock.Token, .. others]);
    }

    public CancellationToken Token => _all.Token;

    public void Dispose()
    {
        _all.Dispose();
        _clock.Dispose();
    }
}

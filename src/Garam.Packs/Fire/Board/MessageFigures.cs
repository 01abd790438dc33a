namespace Garam.Packs.Fire.Board;

/// <summary>Messages by five minutes of the last hour, as <c>/api/metrics</c> tells them; oldest first, since the start of the program.</summary>
public sealed record MessageFigures(IReadOnlyList<(long StartUs, long Received, long Processed)> Periods)
{
    public long Received => Periods.Sum(p => p.Received);

    public long Processed => Periods.Sum(p => p.Processed);
}

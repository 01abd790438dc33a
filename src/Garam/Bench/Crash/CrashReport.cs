namespace Garam.Bench.Crash;

/// <summary>All rounds.</summary>
/// <param name="Seed">Repeats the moments of the kills.</param>
/// <param name="Rounds">One a kill.</param>
/// <param name="StoredInAll">Points of all devices that the daily roll-ups count at the end.</param>
/// <param name="FoundInAll">Points that were found raw, round by round.</param>
internal sealed record CrashReport(int Seed, IReadOnlyList<CrashRound> Rounds, long StoredInAll, long FoundInAll)
{
    /// <summary>Every acknowledged reading is there once, in the raw series and in the roll-ups.</summary>
    public bool IsRight => Rounds.All(round => round.IsRight) && StoredInAll == FoundInAll;
}

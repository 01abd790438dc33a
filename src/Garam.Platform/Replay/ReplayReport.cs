namespace Garam.Platform.Replay;

/// <summary>What a replay did, or in a dry run would do.</summary>
/// <param name="Messages">Messages that were decoded again.</param>
/// <param name="Skipped">Messages of devices that are not registered any more: their data is left as it is.</param>
/// <param name="Expired">Readings of times whose samples retention has deleted: they cannot be changed any more.</param>
/// <param name="Moves">Messages that are something else now, as <c>stored to dead</c>, with their number.</param>
/// <param name="Changes">What changed, by device and metric; at most <see cref="ReplayTally.RowsMax"/>, those with the most changes.</param>
/// <param name="LogBeginsUs">When the range begins before the log does, the receive time of the oldest message left; else null.</param>
public sealed record ReplayReport(
    bool IsDryRun, long Messages, long Skipped, long Expired, int Devices, long Added, long Changed, long Removed,
    IReadOnlyDictionary<string, long> Moves, IReadOnlyList<MetricChange> Changes, long? LogBeginsUs)
{
    /// <summary>Time of the earliest reading, Unix microseconds; later than <see cref="NewestUs"/> when there was none.</summary>
    public long EarliestUs { get; init; }

    /// <summary>Time of the newest reading.</summary>
    public long NewestUs { get; init; }

    /// <summary>What the rules made of the repaired readings; null when they were not asked.</summary>
    public PastAlarmsReport? Alarms { get; init; }
}

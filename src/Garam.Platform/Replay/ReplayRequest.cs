namespace Garam.Platform.Replay;

/// <summary>Which part of the raw log is to be decoded again.</summary>
/// <param name="FromUs">Receive time of the first message, Unix microseconds.</param>
/// <param name="ToUs">End of the receive times, exclusive.</param>
/// <param name="DeviceId">One device; null for all.</param>
/// <param name="IsDryRun">Only say what would change.</param>
public sealed record ReplayRequest(long FromUs, long ToUs, string? DeviceId, bool IsDryRun)
{
    /// <summary>Then the rules in force judge the repaired readings, and alarms that were missed are recorded in this name; null judges nothing.</summary>
    public string? RaisesFor { get; init; }
}

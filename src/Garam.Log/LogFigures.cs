namespace Garam.Log;

/// <summary>What the log has done since it was opened. The figures are read one after another, not at one instant.</summary>
/// <param name="AppendedRecords">Records taken.</param>
/// <param name="AppendedBytes">Bytes of those records, without frames.</param>
/// <param name="Flushes">Groups made durable.</param>
/// <param name="FlushedRecords">Records made durable.</param>
/// <param name="FlushedBytes">Bytes written for them, frames included.</param>
/// <param name="UnflushedBytes">Bytes taken and not durable yet, frames included.</param>
/// <param name="FlushTimeLast">Duration of the newest flush, write and sync together.</param>
/// <param name="FlushTimeTotal">Duration of all flushes together.</param>
public readonly record struct LogFigures(
    long AppendedRecords,
    long AppendedBytes,
    long Flushes,
    long FlushedRecords,
    long FlushedBytes,
    int UnflushedBytes,
    TimeSpan FlushTimeLast,
    TimeSpan FlushTimeTotal)
{
    /// <summary>Mean duration of a flush; zero before the first.</summary>
    public TimeSpan FlushTimeMean => Flushes == 0 ? TimeSpan.Zero : FlushTimeTotal / Flushes;
}

namespace Garam.Bench.Storage;

/// <summary>What the telemetry of a regular fleet takes on the disk.</summary>
/// <param name="Messages">Messages sent and stored.</param>
/// <param name="Samples">Samples of the wandering metrics; the sequence, which costs nearly nothing, is not counted.</param>
/// <param name="TelemetryBytes">The telemetry folder after an orderly stop.</param>
/// <param name="LogBytes">The raw log.</param>
/// <param name="PayloadBytes">The JSON documents alone.</param>
internal sealed record StorageReport(long Messages, long Samples, long TelemetryBytes, long LogBytes, long PayloadBytes)
{
    public double BytesPerSample => (double)TelemetryBytes / Samples;
}

using Garam.Bench.Flushes;

namespace Garam.Bench.Ingest;

/// <summary>All runs, and the medians that are shown.</summary>
internal sealed record IngestReport(IngestOptions Options, IReadOnlyList<IngestRun> Runs, IReadOnlyList<FlushReport> Flushes)
{
    /// <summary>Median of Garam's stored rate over the median of Mosquitto's delivered rate; null without both.</summary>
    public double? Ratio { get; init; }
}

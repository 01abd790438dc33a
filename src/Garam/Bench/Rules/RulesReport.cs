using Garam.Bench.Ingest;

namespace Garam.Bench.Rules;

/// <summary>All runs of `bench rules`.</summary>
/// <param name="Rules">Rules of the product; a third of them windowed.</param>
internal sealed record RulesReport(IngestOptions Options, int Rules, IReadOnlyList<IngestRun> Runs)
{
    /// <summary>Median rate with rules over the median without.</summary>
    public double Ratio { get; init; }
}

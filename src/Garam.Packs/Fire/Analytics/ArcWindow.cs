namespace Garam.Packs.Fire.Analytics;

/// <summary>The document's <c>ARC_PATTERNS</c>: the arcs of the ten minutes up to a moment.</summary>
/// <param name="AveragePerEvent">NaN without an event.</param>
/// <param name="Pattern"><c>HIGH_FREQUENCY</c> above 10, <c>MODERATE</c> above 5, <c>LOW</c>, or <c>NONE</c>.</param>
internal sealed record ArcWindow(double TotalArcs, int Events, double MaxSingle, double AveragePerEvent, string Pattern, long WindowEndUs)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    public static ArcWindow Of(IReadOnlyList<FireSample> samples, long endUs)
    {
        var startUs = endUs - (Length.Ticks / TimeSpan.TicksPerMicrosecond);
        var counts = samples.Where(s => s.TimeUs > startUs && s.TimeUs <= endUs).ToList().Column(s => s.Arcs);
        var total = counts.Sum();
        var events = counts.Where(c => c > 0).ToArray();
        var pattern = total switch
        {
            > 10 => "HIGH_FREQUENCY",
            > 5 => "MODERATE",
            > 0 => "LOW",
            _ => "NONE",
        };
        return new ArcWindow(total, events.Length, counts.Length == 0 ? 0 : counts.Max(), Trend.Mean(events), pattern, endUs);
    }
}

namespace Garam.Packs.Fire.Analytics;

/// <summary>The document's <c>analyze_arc_pattern</c>: how often readings have arcs.</summary>
/// <param name="Pattern"><c>NO_ARCS</c>, <c>SPORADIC</c>, <c>MODERATE</c> (more than a fifth of the readings) or <c>FREQUENT</c> (more than half).</param>
/// <param name="Frequency">Share of the readings with arcs, 0 to 1.</param>
internal sealed record ArcPattern(string Pattern, double Frequency, long TotalArcs, long MaxSingleEvent)
{
    public static ArcPattern Of(ReadOnlySpan<double> counts)
    {
        var (total, most, events) = (0.0, 0.0, 0);
        foreach (var count in counts)
        {
            total += count;
            most = Math.Max(most, count);
            events += count > 0 ? 1 : 0;
        }

        if (total == 0)
            return new ArcPattern("NO_ARCS", 0, 0, 0);
        var frequency = (double)events / counts.Length;
        var pattern = frequency switch
        {
            > 0.5 => "FREQUENT",
            > 0.2 => "MODERATE",
            _ => "SPORADIC",
        };
        return new ArcPattern(pattern, frequency, (long)total, (long)most);
    }
}

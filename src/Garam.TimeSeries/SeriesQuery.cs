namespace Garam.TimeSeries;

/// <summary>A question to one series.</summary>
/// <param name="Series">Name of the series.</param>
/// <param name="FromUs">First time, inclusive. With a step the interval that holds it is answered whole.</param>
/// <param name="ToUs">End, exclusive; with a step, of the intervals' starts.</param>
/// <param name="Step">Interval of the points.</param>
public sealed record SeriesQuery(string Series, long FromUs, long ToUs, QueryStep Step)
{
    /// <summary>What to compute of each interval; of samples the value is all there is.</summary>
    public Aggregates Aggregates { get; init; } = Aggregates.Average;

    /// <summary>Points wanted at most, 0 for all. At least 3 when a reduction is asked for.</summary>
    public int PointsMax { get; init; }

    /// <summary>How to come down to <see cref="PointsMax"/>.</summary>
    public Reduction Reduction { get; init; } = Reduction.Lttb;
}

namespace Garam.Expressions.Windows;

internal readonly record struct TrackerPlan(TrackerKind Kind, long DurationUs)
{
    public static TrackerKind KindOf(WindowFunction function) => function switch
    {
        WindowFunction.Count or WindowFunction.Sum or WindowFunction.Avg or WindowFunction.Stddev => TrackerKind.Moments,
        WindowFunction.Min or WindowFunction.Max => TrackerKind.Range,
        WindowFunction.Median or WindowFunction.Percentile => TrackerKind.Quantiles,
        WindowFunction.Slope => TrackerKind.Trend,
        WindowFunction.First or WindowFunction.Delta or WindowFunction.Rate or WindowFunction.Lag => TrackerKind.Edges,
        _ => TrackerKind.None,
    };

    public Tracker Create() => Kind switch
    {
        TrackerKind.Moments => new MomentsTracker(DurationUs),
        TrackerKind.Range => new RangeTracker(DurationUs),
        TrackerKind.Edges => new EdgesTracker(DurationUs),
        TrackerKind.Trend => new TrendTracker(DurationUs),
        TrackerKind.Quantiles => new QuantileTracker(DurationUs),
        _ => new NewestTracker(DurationUs),
    };
}

namespace Garam.Web.Fleet;

/// <summary>The range of a gauge.</summary>
/// <param name="Limit">Where its forbidden side begins, towards <see cref="Max"/>; null when nothing forbids any of it.</param>
public sealed record GaugeScale(double Min, double Max, double? Limit)
{
    /// <summary>The spec's plausible range; without one, round numbers around what the last hour brought, from 0 where that is near.</summary>
    public static GaugeScale Of(Reading reading, IReadOnlyList<double> hour, double? limit)
    {
        var (low, high) = Range(reading, hour);
        if (limit is { } edge)
        {
            // Towards a limit a gauge counts from 0, unless the spec says where it begins.
            low = Math.Min(low < 0 || reading.Min is not null ? low : 0, edge);
            high = Math.Max(high, edge + (0.2 * Math.Abs(edge)));
        }

        return new GaugeScale(low, high, limit);
    }

    /// <summary>Where a value stands, 0 to 1.</summary>
    public double Share(double value) => double.IsFinite(value) && Max > Min ? Math.Clamp((value - Min) / (Max - Min), 0, 1) : 0;

    private static (double Low, double High) Range(Reading reading, IReadOnlyList<double> hour)
    {
        if (reading is { Min: { } min, Max: { } max } && max > min)
            return (min, max);
        if (reading.Unit is null && reading.Value is >= 0 and <= 1 && (reading.Metric.EndsWith("score", StringComparison.OrdinalIgnoreCase) || reading.Metric.EndsWith("probability", StringComparison.OrdinalIgnoreCase)))
            return (0, 1);
        if (reading.Unit is "percent" or "%" && reading.Value is >= 0 and <= 100)
            return (0, 100);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in hour.Append(reading.Value).Where(double.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high)
            return (0, 1);
        if (low >= 0 && low < high * 0.8)
            low = 0;
        var room = Math.Max((high - low) * 0.15, Math.Max(Math.Abs(high) * 0.05, 1e-9));
        return (low == 0 ? 0 : RoundDown(low - room), -RoundDown(-(high + room)));
    }

    /// <summary>To two digits, downwards, so that the scale does not tremble with each value.</summary>
    private static double RoundDown(double value)
    {
        if (value == 0)
            return 0;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 1) * 5;
        return Math.Floor(value / unit) * unit;
    }
}

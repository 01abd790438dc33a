namespace Garam.Web.Fleet;

/// <summary>
/// Which of a device's metrics its card shows: the one its tag <c>gauge</c> names, else the one people look at first. A spec does not say,
/// so units decide: what a quantity is worth watching for stands in the order below, and counters, indices and status words come last.
/// </summary>
internal static class MainMetric
{
    private const string Tag = "gauge";

    private static readonly string[] First = ["risk_score", "temperature", "pcb_temperature", "pressure", "press"];

    private static readonly string[] Units =
        ["celsius", "°c", "bar", "kpa", "mpa", "mm/s", "nm", "kw", "w", "ppm", "percent", "%", "a", "rpm", "v", "ug/m3", "db", "m", "mm", "l/min", "m³/h"];

    private static readonly string[] Upkeep = ["battery", "battery_voltage", "battery_volt", "rssi", "snr", "protocol_version", "device_id", "idx", "index", "sequence", "seq"];

    public static Reading? Of(IReadOnlyList<Reading> readings, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.TryGetValue(Tag, out var named) && readings.FirstOrDefault(r => r.Metric == named) is { } chosen)
            return chosen;
        return readings.Where(r => !r.IsBoolean).MinBy(Rank);
    }

    /// <summary>Lower is better; of equals the first seen stays.</summary>
    public static int Rank(Reading reading)
    {
        var name = reading.Metric.ToLowerInvariant();
        if (Upkeep.Contains(name))
            return 1_000;
        if (Array.IndexOf(First, name) is var first and >= 0)
            return first;
        if (reading.Unit is null)
            return 500;
        var unit = Array.IndexOf(Units, reading.Unit.ToLowerInvariant());
        return 10 + (unit < 0 ? Units.Length : unit);
    }
}

using System.Globalization;
using Garam.Expressions;
using Garam.Packs.Fire.Risk;
using Garam.Platform.Alarms;

namespace Garam.Packs.Fire.Alerts;

/// <summary>What an alert's texts say of the reading that raised it.</summary>
/// <param name="Level">The document's level; the rule's severity in capitals when the reading has no score.</param>
/// <param name="Score">0 to 1; NaN when the reading has none.</param>
/// <param name="EventUs">Unix microseconds.</param>
internal readonly record struct AlertReading(string DeviceId, FireReading Reading, string Level, double Score, long EventUs)
{
    /// <summary>As the document's Lambda functions write it, whose clock is UTC; said, because an alert without it misleads by hours.</summary>
    public string Time => DateTime.UnixEpoch.AddTicks(EventUs * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static AlertReading Of(string deviceId, IReadOnlyList<AlarmReading> snapshot, Severity severity, long eventUs)
    {
        var reading = new FireReading
        {
            Status = Number(snapshot, FireMetric.Status) is >= 0 and var status ? (long)status : -1,
            Voltage = Number(snapshot, FireMetric.Voltage),
            Current = Number(snapshot, FireMetric.Current),
            Leakage = Number(snapshot, FireMetric.Leakage),
            BoardTemperature = Number(snapshot, FireMetric.BoardTemperature),
            SensorTemperature = Number(snapshot, FireMetric.SensorTemperature),
            CarbonMonoxide = Number(snapshot, FireMetric.CarbonMonoxide),
            Voc = Number(snapshot, FireMetric.Voc),
            Arcs = Number(snapshot, FireMetric.Arcs),
        };
        var score = Number(snapshot, FireMetric.Score);
        var level = Find(snapshot, FireMetric.Level).Text ?? (double.IsNaN(score) ? severity.ToString().ToUpperInvariant() : RiskLevel.Of(score));
        return new AlertReading(deviceId, reading, level, score, eventUs);
    }

    private static double Number(IReadOnlyList<AlarmReading> snapshot, string metric) => Find(snapshot, metric).Number;

    private static Value Find(IReadOnlyList<AlarmReading> snapshot, string metric)
    {
        foreach (var reading in snapshot)
        {
            if (reading.Metric == metric)
                return reading.Value;
        }

        return default;
    }
}

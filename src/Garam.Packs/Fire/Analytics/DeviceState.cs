using Garam.Packs.Fire.Risk;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Analytics;

/// <summary>The newest a device has said: the document's table of device states. NaN where it has said nothing.</summary>
/// <param name="TimeUs">Of its newest reading, Unix microseconds; 0 when there is none.</param>
/// <param name="Level">The document's level, or <c>UNKNOWN</c>.</param>
internal sealed record DeviceState(
    string DeviceId, long TimeUs, string Level, double Risk, double TotalRisk, double Temperature, double Arcs, double Status, double Index)
{
    public const string Unknown = "UNKNOWN";

    public static DeviceState Of(TimeSeriesStore store, string deviceId)
    {
        var newest = new Dictionary<string, double>(StringComparer.Ordinal);
        var timeUs = 0L;
        if (store.FindGroup(deviceId) is { } group)
        {
            var values = new List<NewestValue>();
            group.CopyNewest(values);
            foreach (var value in values)
            {
                newest[value.Name] = value.Value;
                if (value.Name is FireMetric.Status or FireMetric.Temperature)
                    timeUs = Math.Max(timeUs, value.TimeUs);
            }
        }

        var risk = Of(FireMetric.Score);
        return new DeviceState(
            deviceId, timeUs, double.IsNaN(risk) ? Unknown : RiskLevel.Of(risk), risk, Of(FireMetric.TotalScore), Of(FireMetric.Temperature),
            Of(FireMetric.Arcs), Of(FireMetric.Status), Of(FireMetric.Index));

        double Of(string metric) => newest.GetValueOrDefault(metric, double.NaN);
    }
}

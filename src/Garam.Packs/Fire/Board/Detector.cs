using Garam.Packs.Fire.Risk;
using Garam.Platform.Devices;
using Garam.TimeSeries;

namespace Garam.Packs.Fire.Board;

/// <summary>A fire detector as the board shows it: the newest it has said. NaN where it has said nothing.</summary>
/// <param name="TimeUs">Of its newest reading, Unix microseconds; 0 when there is none.</param>
/// <param name="IsActive">Whether that is at most five minutes old.</param>
/// <param name="Level">One of <see cref="RiskLevel.All"/>; null when the risk is not known.</param>
/// <param name="Risk">The final risk, 0 to 1.</param>
/// <param name="Confidence">0.5 to 1: how well rules and status agree.</param>
/// <param name="Temperature">The hotter of board and sensor, °C.</param>
public sealed record Detector(
    Device Device, long TimeUs, bool IsActive, string? Level, double Risk, RiskShares Shares, double Confidence, double Temperature, RiskTrend Trend)
{
    public string Id => Device.Id.Value;

    public string Title => string.IsNullOrWhiteSpace(Device.Title) ? Id : Device.Title;

    /// <summary>The site whose devices are looked at together; empty when the registry knows none.</summary>
    public string Site => Device.SiteId ?? "";

    /// <summary>Whether it counts in its site's cluster: heard within the document's two minutes.</summary>
    internal bool IsHeardAt(long nowUs) => TimeUs > nowUs - Analytics.DevicePair.WithinUs;

    /// <param name="values">Scratch space of the caller.</param>
    /// <param name="cutoffUs">Readings after this are active.</param>
    internal static Detector Of(Device device, TimeSeriesStore store, List<NewestValue> values, long cutoffUs)
    {
        values.Clear();
        store.FindGroup(device.Id.Value)?.CopyNewest(values);
        var timeUs = 0L;
        var (risk, confidence, temperature) = (double.NaN, double.NaN, double.NaN);
        var shares = new RiskShares(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        foreach (var value in values)
        {
            switch (value.Name)
            {
                case FireMetric.Status:
                    timeUs = Math.Max(timeUs, value.TimeUs);
                    break;
                case FireMetric.Temperature:
                    temperature = value.Value;
                    timeUs = Math.Max(timeUs, value.TimeUs);
                    break;
                case FireMetric.Score:
                    risk = value.Value;
                    break;
                case FireMetric.Confidence:
                    confidence = value.Value;
                    break;
                case FireMetric.TemperatureScore:
                    shares = shares with { Temperature = value.Value };
                    break;
                case FireMetric.ElectricalScore:
                    shares = shares with { Electrical = value.Value };
                    break;
                case FireMetric.GasScore:
                    shares = shares with { Gas = value.Value };
                    break;
                case FireMetric.PatternRisk:
                    shares = shares with { Pattern = value.Value };
                    break;
                case FireMetric.StatusRisk:
                    shares = shares with { Status = value.Value };
                    break;
            }
        }

        return new Detector(
            device, timeUs, timeUs > cutoffUs, double.IsNaN(risk) ? null : RiskLevel.Of(risk), risk, shares, confidence, temperature, RiskTrend.Unknown);
    }
}

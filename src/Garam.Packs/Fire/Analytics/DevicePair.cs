namespace Garam.Packs.Fire.Analytics;

/// <summary>One row of the document's <c>DEVICE_CORRELATIONS</c>: two devices of a site whose newest readings lie within two minutes.</summary>
/// <param name="Type"><c>HIGH_RISK_CLUSTER</c>, <c>TEMP_DIVERGENCE</c> or <c>NORMAL</c>.</param>
/// <param name="TimeUs">Of the younger reading.</param>
public sealed record DevicePair(
    string Device1, string Device2, double TemperatureDifference, double RiskDifference, double AverageRisk, string Type, long TimeUs)
{
    public const string Divergence = "TEMP_DIVERGENCE";

    internal static readonly long WithinUs = TimeSpan.FromMinutes(2).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The pair; null when neither risk is above 0.5 or the readings lie further apart.</summary>
    internal static DevicePair? Of(DeviceState a, DeviceState b)
    {
        if (Math.Abs(a.TimeUs - b.TimeUs) > WithinUs || !(a.Risk > 0.5 || b.Risk > 0.5))
            return null;
        var difference = Math.Abs(a.Temperature - b.Temperature);
        var type = a.Risk > 0.7 && b.Risk > 0.7 ? ClusterRisk.Cluster : difference > 20 ? Divergence : "NORMAL";
        return new DevicePair(a.DeviceId, b.DeviceId, difference, Math.Abs(a.Risk - b.Risk), (a.Risk + b.Risk) / 2, type, Math.Max(a.TimeUs, b.TimeUs));
    }
}

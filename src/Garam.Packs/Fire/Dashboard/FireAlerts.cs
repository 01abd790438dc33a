using Garam.Packs.Fire.Alerts;
using Garam.Packs.Fire.Rest;
using Garam.Packs.Fire.Risk;
using Garam.Platform.Alarms;
using Garam.Platform.Identity;
using Garam.Platform.Rest;

namespace Garam.Packs.Fire.Dashboard;

/// <summary>The platform's alarms of fire detectors in the names of the document's table of alerts.</summary>
internal sealed class FireAlerts(AlarmStore alarms)
{
    /// <summary>Newest first.</summary>
    /// <param name="device">Null for all that the caller sees.</param>
    /// <param name="fromUs">Raised from then on; null for any time.</param>
    public IReadOnlyList<object> List(AccessScope scope, string? device, long? fromUs, int limit, bool korean) =>
        [.. alarms.List(new AlarmFilter { Product = FireMetric.Product, Device = device, Customer = scope.CustomerId, FromUs = fromUs }, limit).Select(a => View(a, korean))];

    private static object View(Alarm alarm, bool korean)
    {
        var alert = AlertReading.Of(alarm.DeviceId, alarm.Snapshot, alarm.Severity, alarm.FirstUs);
        return new
        {
            device_id = alarm.DeviceId,
            alert_timestamp = TimeParameter.Format(alarm.FirstUs),
            alert_level = alarm.Severity.ToString().ToUpperInvariant(),
            alert_type = alarm.Kind,
            risk_score = Figures.Known(alert.Score),
            message = korean ? alarm.Texts.MessageKo : alarm.Texts.MessageEn,
            sensor_data = new
            {
                temperature = Figures.Known(alert.Reading.Temperature),
                voltage = Figures.Known(alert.Reading.Voltage),
                current = Figures.Known(alert.Reading.Current),
                arc_count = Figures.Known(alert.Reading.Arcs),
                co_gas = Figures.Known(alert.Reading.CarbonMonoxide),
                voc = Figures.Known(alert.Reading.Voc),
            },
            recommendations = korean ? alarm.Texts.AdviceKo : alarm.Texts.AdviceEn,
            resolved = alarm.State is not (AlarmState.Raised or AlarmState.Acknowledged),
        };
    }
}

using Garam.Packs.Fire.Risk;

namespace Garam.Packs.Fire.Dashboard;

/// <summary>The document's <c>alarm_status</c>: every status bit by its name, in its order.</summary>
internal static class AlarmStatus
{
    private static readonly string[] Names =
    [
        "overvoltage", "power_outage", "overcurrent", "total_leakage", "resistive_leakage", "power_anomaly", "pcb_temp_alarm", "sensor_temp_alarm", "co_alarm",
        "voc_alarm", "power_factor_alarm", "arc_alarm",
    ];

    public static IReadOnlyDictionary<string, object> Of(long status)
    {
        var alarms = new Dictionary<string, object>(Names.Length + 2);
        for (var bit = 0; bit < Names.Length; bit++)
            alarms.Add(Names[bit], (status & (1L << bit)) != 0);
        alarms.Add("communication_error", status >= FireReading.CommunicationErrorFrom);
        alarms.Add("total_alarm_count", new FireReading { Status = status }.AlarmCount);
        return alarms;
    }
}

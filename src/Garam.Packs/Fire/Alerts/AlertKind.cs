using Garam.Packs.Fire.Risk;

namespace Garam.Packs.Fire.Alerts;

/// <summary>The document's types of alert (2.1, <c>determine_alert_type</c>): the first that fits.</summary>
internal static class AlertKind
{
    public static string Of(in FireReading reading)
    {
        if (reading.Has(FireStatus.BoardTemperature | FireStatus.SensorTemperature))
            return "TEMPERATURE_CRITICAL";
        if (reading.Has(FireStatus.Arc) || reading.Arcs > 0)
            return "ARC_DETECTED";
        if (reading.Has(FireStatus.TotalLeakage | FireStatus.ResistiveLeakage))
            return "ELECTRICAL_LEAKAGE";
        if (reading.Has(FireStatus.Overcurrent))
            return "OVERCURRENT";
        return reading.Has(FireStatus.CarbonMonoxide | FireStatus.Voc) ? "GAS_DETECTION" : "GENERAL_RISK";
    }
}

using Garam.Packs.Fire.Risk;

namespace Garam.Packs.Fire.Alerts;

/// <summary>What to do, as the document recommends (2.1, <c>generate_recommendations</c>), and the same in English.</summary>
internal static class AlertAdvice
{
    public static IReadOnlyList<string> Korean(in AlertReading alert) => Of(
        alert,
        ["즉시 냉각 조치 및 환기 확인", "전원 차단 검토"],
        ["배선 연결부 점검", "절연체 상태 확인"],
        ["누전 차단기 작동 확인", "접지 상태 점검"],
        ["즉시 환기 실시", "가스 누출원 확인"],
        ["🚨 즉시 현장 점검 필요", "필요시 전원 차단 고려"]);

    public static IReadOnlyList<string> English(in AlertReading alert) => Of(
        alert,
        ["Cool at once and check the ventilation", "Consider switching off the power"],
        ["Check the wiring connections", "Check the insulation"],
        ["Check that the earth leakage breaker has tripped", "Check the earthing"],
        ["Ventilate at once", "Find the source of the gas"],
        ["🚨 Inspect the site at once", "Switch off the power if necessary"]);

    private static List<string> Of(in AlertReading alert, string[] heat, string[] arcs, string[] leakage, string[] gas, string[] critical)
    {
        var reading = alert.Reading;
        var advice = new List<string>();
        if (reading.Has(FireStatus.BoardTemperature | FireStatus.SensorTemperature))
            advice.AddRange(heat);
        if (reading.Arcs > 0)
            advice.AddRange(arcs);
        if (reading.Has(FireStatus.TotalLeakage))
            advice.AddRange(leakage);
        if (reading.CarbonMonoxide > 17 || reading.Voc > 400)
            advice.AddRange(gas);
        if (alert.Level == RiskLevel.Critical)
            advice.AddRange(critical);
        return advice;
    }
}

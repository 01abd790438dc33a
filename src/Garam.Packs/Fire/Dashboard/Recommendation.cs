namespace Garam.Packs.Fire.Dashboard;

/// <summary>What a device needs (5.2, <c>generate_device_recommendations</c>).</summary>
/// <param name="Priority"><c>HIGH</c> or <c>MEDIUM</c>.</param>
internal sealed record Recommendation(string Priority, string Type, string Message, string Action)
{
    /// <param name="risk">The newest final risk; 0 when there is none, as in the document.</param>
    /// <param name="temperature">The newest, °C.</param>
    /// <param name="totalAlarms">Alarm bits ever counted.</param>
    /// <param name="arcs">Arc counts of the device's newest readings (at most 100), oldest first.</param>
    public static IReadOnlyList<Recommendation> For(double risk, double temperature, double totalAlarms, IReadOnlyList<double> arcs, bool korean)
    {
        var recommendations = new List<Recommendation>();
        if (risk > 0.7)
        {
            recommendations.Add(new Recommendation(
                "HIGH", "IMMEDIATE_INSPECTION", korean ? "즉시 현장 점검이 필요합니다." : "The site needs an inspection at once.", "INSPECT"));
        }

        if (temperature > 60)
        {
            recommendations.Add(new Recommendation(
                "HIGH", "COOLING_CHECK", korean ? "냉각 시스템 점검 및 환기 확인이 필요합니다." : "The cooling and the ventilation need a check.", "MAINTENANCE"));
        }

        if (totalAlarms > 10)
        {
            recommendations.Add(new Recommendation(
                "MEDIUM", "ALARM_ANALYSIS", korean ? "반복적인 알람 발생 원인 분석이 필요합니다." : "The cause of the repeated alarms needs to be found.", "ANALYZE"));
        }

        // The newest ten: docs/decisions/0005.
        if (arcs.Count > 10 && arcs.Skip(arcs.Count - 10).Sum() > 5)
        {
            recommendations.Add(new Recommendation(
                "MEDIUM", "ELECTRICAL_CHECK", korean ? "전기 연결부 및 절연 상태 점검을 권장합니다." : "A check of connections and insulation is advised.", "MAINTENANCE"));
        }

        return recommendations;
    }
}

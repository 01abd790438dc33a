namespace Garam.Packs.Fire.Analytics;

/// <summary>What a run of readings shows (part 3, <c>detect_batch_anomalies</c>).</summary>
/// <param name="Type"><c>RAPID_RISK_CHANGE</c> or <c>SUSTAINED_HIGH_RISK</c>.</param>
/// <param name="Change">Of a rapid change: how much, without sign.</param>
/// <param name="TimeUs">Of a rapid change: the reading after it.</param>
/// <param name="StreakLength">Of a sustained risk: how many readings in a row, the newest one included.</param>
internal sealed record BatchAnomaly(string Type, double? Change, long? TimeUs, int? StreakLength)
{
    public const string RapidChange = "RAPID_RISK_CHANGE";
    public const string SustainedRisk = "SUSTAINED_HIGH_RISK";

    public static IReadOnlyList<BatchAnomaly> In(IReadOnlyList<(long TimeUs, double Risk)> readings)
    {
        var anomalies = new List<BatchAnomaly>();
        for (var i = 1; i < readings.Count; i++)
        {
            var change = Math.Abs(readings[i].Risk - readings[i - 1].Risk);
            if (change > 0.3)
                anomalies.Add(new BatchAnomaly(RapidChange, change, readings[i].TimeUs, null));
        }

        var streak = 0;
        foreach (var (_, risk) in readings)
            streak = risk > 0.7 ? streak + 1 : 0;
        if (streak >= 3)
            anomalies.Add(new BatchAnomaly(SustainedRisk, null, null, streak));
        return anomalies;
    }
}

using Garam.Packs.Fire.Risk;

namespace Garam.Packs.Fire.Analytics;

/// <summary>Everything the document's stream says of a device at a moment (part 3, <c>process_kinesis_record</c>).</summary>
/// <param name="Newest">The newest reading; null when the hour has none.</param>
/// <param name="PredictionConfidence">0 to 1.</param>
internal sealed record DeviceAnalysis(
    string DeviceId, FireSample? Newest, TemporalPattern Pattern, IReadOnlyList<SensorAnomaly> Anomalies, IReadOnlyList<SiteNeighbour> Neighbours,
    ClusterRisk Cluster, BatchAnalysis? Batch, ArcWindow Arcs, double PredictionConfidence)
{
    /// <summary>The document's micro-batch: as long as one batch of its stream reader at most takes to fill.</summary>
    private static readonly long BatchUs = TimeSpan.FromMinutes(5).Ticks / TimeSpan.TicksPerMicrosecond;

    private const int Measurements = 13;

    /// <summary>
    /// <c>determine_action_required</c>, which the document leaves open: a risk of the levels it alerts on, a severe anomaly, frequent arcs, a
    /// cluster, or warm and getting warmer.
    /// </summary>
    public bool IsActionRequired => Newest is { } newest
        && (newest.Risk >= 0.6 || newest.Status >= FireReading.CommunicationErrorFrom || Anomalies.Any(a => a.Severity == "HIGH" && a.Value > 60)
            || Pattern.Arcs.Pattern == "FREQUENT" || Arcs.Pattern == "HIGH_FREQUENCY" || Cluster.Level == ClusterRisk.Cluster
            || (Pattern.Trend == TemporalPattern.Rising && newest.Temperature > 50));

    /// <param name="samples">Of the last hour, oldest first.</param>
    /// <param name="nowUs">The moment, Unix microseconds.</param>
    public static DeviceAnalysis Of(string deviceId, IReadOnlyList<FireSample> samples, IReadOnlyList<SiteNeighbour> neighbours, long nowUs)
    {
        FireSample? newest = samples.Count > 0 ? samples[^1] : null;
        var batch = samples.Where(s => s.TimeUs > nowUs - BatchUs && !double.IsNaN(s.Risk)).Select(s => (s.TimeUs, s.Risk)).ToList();
        return new DeviceAnalysis(
            deviceId, newest, TemporalPattern.Of(samples), newest is { } sample ? SensorAnomaly.In(sample) : [], neighbours,
            ClusterRisk.Of([.. neighbours.Select(n => (n.DeviceId, n.Risk)), (deviceId, newest?.Risk ?? double.NaN)]),
            BatchAnalysis.Of(batch), ArcWindow.Of(samples, nowUs), ConfidenceOf(newest, samples.Count));
    }

    /// <summary>
    /// <c>calculate_prediction_confidence</c>, which the document leaves open: that of the risk, less the share of measurements that are
    /// missing, and the half of it while there is too little to see a trend.
    /// </summary>
    private static double ConfidenceOf(FireSample? newest, int samples)
    {
        if (newest is not { } sample || double.IsNaN(sample.Confidence))
            return 0;
        var missing = double.IsNaN(sample.MissingInputs) ? 0 : sample.MissingInputs;
        return sample.Confidence * (1 - (missing / Measurements)) * (samples < 10 ? 0.5 : 1);
    }
}

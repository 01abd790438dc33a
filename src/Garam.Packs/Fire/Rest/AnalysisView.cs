using Garam.Packs.Fire.Analytics;
using Garam.Platform.Rest;

namespace Garam.Packs.Fire.Rest;

/// <summary>An analysis in the document's names (part 3), as REST shows it and the predictions keep it.</summary>
internal static class AnalysisView
{
    public static object Of(DeviceAnalysis analysis)
    {
        var newest = analysis.Newest;
        return new
        {
            device_id = analysis.DeviceId,
            timestamp = newest is { } sample ? TimeParameter.Format(sample.TimeUs) : null,
            risk_score = newest is { } scored ? Figures.Known(scored.Risk) : null,
            action_required = analysis.IsActionRequired,
            pattern_analysis = PatternOf(analysis.Pattern),
            anomaly_analysis = AnomaliesOf(analysis.Anomalies),
            correlation_analysis = CorrelationOf(analysis),
            arc_pattern_10min = ArcsOf(analysis.Arcs),
            batch_analysis = BatchOf(analysis.Batch),
            sensor_summary = newest is { } measured ? SummaryOf(measured) : null,
            prediction_confidence = analysis.PredictionConfidence,
        };
    }

    public static object ArcsOf(ArcWindow arcs) => new
    {
        total_arcs_10min = arcs.TotalArcs,
        arc_events = arcs.Events,
        max_single_arc = arcs.MaxSingle,
        avg_arc_per_event = Figures.Known(arcs.AveragePerEvent),
        arc_pattern = arcs.Pattern,
        window_end = TimeParameter.Format(arcs.WindowEndUs),
    };

    public static object AggregateOf(string deviceId, FiveMinutes window) => new
    {
        device_id = deviceId,
        avg_temperature = Figures.Known(window.AverageTemperature),
        max_temperature = Figures.Known(window.MaxTemperature),
        min_temperature = Figures.Known(window.MinTemperature),
        temp_stddev = Figures.Known(window.TemperatureDeviation),
        avg_risk_score = Figures.Known(window.AverageRisk),
        max_risk_score = Figures.Known(window.MaxRisk),
        total_arcs = window.TotalArcs,
        avg_current = Figures.Known(window.AverageCurrent),
        max_current = Figures.Known(window.MaxCurrent),
        record_count = window.RecordCount,
        window_end = TimeParameter.Format(window.WindowEndUs),
    };

    public static object PairOf(DevicePair pair) => new
    {
        device1 = pair.Device1,
        device2 = pair.Device2,
        temp_diff = Figures.Known(pair.TemperatureDifference),
        risk_diff = Figures.Known(pair.RiskDifference),
        avg_risk = Figures.Known(pair.AverageRisk),
        correlation_type = pair.Type,
        analysis_time = TimeParameter.Format(pair.TimeUs),
    };

    private static object PatternOf(TemporalPattern pattern) => pattern.Trend == TemporalPattern.Insufficient
        ? new { trend = pattern.Trend, pattern = "UNKNOWN", data_points = pattern.DataPoints }
        : new
        {
            temperature_trend = Figures.Known(pattern.TemperatureTrend),
            temperature_velocity = Figures.Known(pattern.TemperatureVelocity),
            risk_trend = Figures.Known(pattern.RiskTrend),
            arc_pattern = new
            {
                pattern = pattern.Arcs.Pattern, frequency = pattern.Arcs.Frequency, total_arcs = pattern.Arcs.TotalArcs, max_single_event = pattern.Arcs.MaxSingleEvent,
            },
            trend = pattern.Trend,
            periodicity = new { periodic = pattern.Periodicity.IsPeriodic, period = pattern.Periodicity.Period, dominant_frequency = pattern.Periodicity.DominantFrequency },
            data_points = pattern.DataPoints,
            trend_confidence = Figures.Known(pattern.Confidence),
        };

    private static object AnomaliesOf(IReadOnlyList<SensorAnomaly> anomalies) => new
    {
        anomalies = anomalies.Select(a => a.Calculated is { } calculated
            ? (object)new { sensor = a.Sensor, type = a.Type, calculated, measured = a.Value, difference = Math.Abs(calculated - a.Value), severity = a.Severity }
            : new { sensor = a.Sensor, value = a.Value, type = a.Type, severity = a.Severity }).ToList(),
        anomaly_count = anomalies.Count,
        severity_distribution = anomalies.GroupBy(a => a.Severity).ToDictionary(g => g.Key, g => g.Count()),
    };

    private static object CorrelationOf(DeviceAnalysis analysis) => analysis.Neighbours.Count == 0
        ? new { correlation = "NO_NEARBY_DEVICES" }
        : new
        {
            correlations = analysis.Neighbours.ToDictionary(n => n.DeviceId, n => new
            {
                temperature_correlation = Figures.Known(n.TemperatureCorrelation), risk_correlation = Figures.Known(n.RiskCorrelation), distance = "unknown",
            }),
            cluster_risk = new
            {
                level = analysis.Cluster.Level, avg_risk = Figures.Known(analysis.Cluster.AverageRisk), max_risk = Figures.Known(analysis.Cluster.MaxRisk),
                high_risk_devices = analysis.Cluster.HighRiskDevices,
            },
            nearby_device_count = analysis.Neighbours.Count,
        };

    private static object? BatchOf(BatchAnalysis? batch) => batch is null ? null : new
    {
        trend_analysis = new
        {
            risk_trend = batch.RiskTrend, risk_volatility = batch.RiskVolatility, max_risk = batch.MaxRisk, min_risk = batch.MinRisk, avg_risk = batch.AverageRisk,
        },
        batch_anomalies = batch.Anomalies.Select(a => new
        {
            type = a.Type, change = a.Change, timestamp = a.TimeUs is { } us ? TimeParameter.Format(us) : null, streak_length = a.StreakLength,
        }).ToList(),
        recommendations = batch.Recommendations,
        record_count = batch.RecordCount,
    };

    private static object SummaryOf(FireSample sample) => new
    {
        temperature = Figures.Known(sample.Temperature),
        voltage = Figures.Known(sample.Voltage),
        current = Figures.Known(sample.Current),
        co_gas = Figures.Known(sample.CarbonMonoxide),
        voc = Figures.Known(sample.Voc),
        power_factor = Figures.Known(sample.PowerFactor),
        arc_count = Figures.Known(sample.Arcs),
    };
}

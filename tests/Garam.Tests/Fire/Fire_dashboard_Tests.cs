using System.Net;
using System.Text.Json;

namespace Garam.Tests.Fire;

/// <summary>The document's endpoints (5.2), with its fields.</summary>
public sealed class Fire_dashboard_Tests
{
    [Fact]
    public async Task The_dashboard_of_a_burning_site_has_the_document_s_fields()
    {
        await using var node = await FireNode.StartAsync();
        await node.PlayAsync("cluster", 5, TimeSpan.FromMinutes(4));
        await node.RaisedAsync("risk-critical");

        var overview = await node.GetAsync("api/overview");
        Names(overview).ShouldBe(["total_devices", "active_devices", "risk_distribution", "recent_alerts", "system_status"]);
        overview.GetProperty("total_devices").GetInt32().ShouldBe(5);
        overview.GetProperty("active_devices").GetInt32().ShouldBe(5);
        overview.GetProperty("system_status").GetString().ShouldBe("HEALTHY");
        Names(overview.GetProperty("risk_distribution")).ShouldBe(["NORMAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"]);
        overview.GetProperty("risk_distribution").EnumerateObject().Sum(level => level.Value.GetInt32()).ShouldBe(5);
        var alerts = overview.GetProperty("recent_alerts").EnumerateArray().ToList();
        alerts.Count.ShouldBe(5);
        foreach (var alert in alerts)
            Names(alert).ShouldBeSubsetOf(["device_id", "alert_timestamp", "alert_level", "alert_type", "risk_score", "message", "sensor_data", "recommendations", "resolved"]);

        var device = await node.GetAsync("api/device/fire-001");
        Names(device).ShouldBe(["device_info", "timeseries_data", "recent_alerts", "recommendations"]);
        Names(device.GetProperty("device_info")).ShouldBe(
        [
            "device_id", "last_seen", "current_risk_level", "current_risk_score", "last_temperature", "last_arc_count", "total_alarms", "last_status_bits", "last_idx",
        ]);
        var series = device.GetProperty("timeseries_data").EnumerateArray().ToList();
        series.Count.ShouldBe(100);
        Names(series[0]).ShouldBe(["timestamp", "temperature", "risk_score", "arc_count", "voltage", "current"]);
        series.Select(point => point.GetProperty("timestamp").GetString()).ShouldBeInOrder();
        device.GetProperty("device_info").GetProperty("total_alarms").GetInt32().ShouldBeGreaterThan(100);
        device.GetProperty("recommendations").EnumerateArray().Select(r => r.GetProperty("type").GetString()).ShouldContain("ALARM_ANALYSIS");
        device.GetProperty("recent_alerts").EnumerateArray().Select(a => a.GetProperty("alert_type").GetString()).ShouldContain("TEMPERATURE_CRITICAL");

        var now = await node.GetAsync("api/realtime/fire-001");
        Names(now).ShouldBe(["timestamp", "temperature", "risk_score", "voltage", "current", "arc_count", "alarm_status", "status_bits"]);
        Names(now.GetProperty("alarm_status")).Count.ShouldBe(14);
        now.GetProperty("risk_score").GetDouble().ShouldBe(series[^1].GetProperty("risk_score").GetDouble());

        var metrics = await node.GetAsync("api/metrics");
        Names(metrics).ShouldBe(["lambda_invocations", "kinesis_records"]);
        Names(metrics.GetProperty("kinesis_records")[0]).ShouldBe(["Timestamp", "Sum", "Unit"]);
    }

    [Fact]
    public async Task The_stream_s_analysis_is_there_on_demand()
    {
        await using var node = await FireNode.StartAsync();
        await node.PlayAsync("cluster", 5, TimeSpan.FromMinutes(4));

        var analysis = await node.GetAsync("api/v1/fire/devices/fire-001/analysis");
        Names(analysis.GetProperty("pattern_analysis")).ShouldBe(
            ["temperature_trend", "temperature_velocity", "risk_trend", "arc_pattern", "trend", "periodicity", "data_points", "trend_confidence"]);
        analysis.GetProperty("pattern_analysis").GetProperty("data_points").GetInt32().ShouldBeInRange(119, 122);
        analysis.GetProperty("correlation_analysis").GetProperty("nearby_device_count").GetInt32().ShouldBe(4);
        analysis.GetProperty("correlation_analysis").GetProperty("correlations").GetProperty("fire-002").GetProperty("temperature_correlation").GetDouble().ShouldBeGreaterThan(0.9);
        analysis.GetProperty("batch_analysis").GetProperty("record_count").GetInt32().ShouldBeGreaterThan(100);

        var windows = (await node.GetAsync("api/v1/fire/devices/fire-001/aggregates")).GetProperty("items").EnumerateArray().ToList();
        windows.Sum(w => w.GetProperty("record_count").GetInt32()).ShouldBeInRange(119, 122);
        (await node.GetAsync("api/v1/fire/devices/fire-001/arcs")).GetProperty("arc_pattern").GetString().ShouldBe("HIGH_FREQUENCY");
        (await node.GetAsync("api/v1/fire/correlations?site=market-1")).GetProperty("items").ValueKind.ShouldBe(JsonValueKind.Array);
        (await node.GetAsync("api/v1/fire/devices/fire-001/predictions")).GetProperty("items").ValueKind.ShouldBe(JsonValueKind.Array);
    }

    [Theory]
    [InlineData("api/device/nobody", "Device not found")]
    [InlineData("api/realtime/nobody", "No recent data")]
    public async Task An_unknown_device_is_answered_in_the_document_s_words(string path, string error)
    {
        await using var node = await FireNode.StartAsync();

        using var answer = await node.AskAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("error").GetString().ShouldBe(error);
    }

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}

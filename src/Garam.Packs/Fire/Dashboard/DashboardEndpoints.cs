using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Rest;
using Garam.Packs.Fire.Risk;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Garam.TimeSeries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Packs.Fire.Dashboard;

/// <summary>The endpoints of the document's dashboard (5.2), with its paths, fields and errors. <c>?lang=en</c> gives its Korean sentences in English.</summary>
internal static class DashboardEndpoints
{
    private const int HistoryMax = 100;
    private const int AlertsOfDevice = 20;

    /// <summary>The document asks for ten and shows five.</summary>
    private const int AlertsOfOverview = 5;

    private static readonly TimeSpan Active = TimeSpan.FromMinutes(5);

    public static void MapFireDashboard(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("fire");
        api.MapGet("/overview", Overview).Require(Role.Viewer, Reach.Customer).WithSummary("Fire detectors, their risk levels and newest alerts.");
        api.MapGet("/device/{id}", Details).Require(Role.Viewer, Reach.Customer).WithSummary("A fire detector: state, newest readings, alerts, recommendations.");
        api.MapGet("/realtime/{id}", Realtime).Require(Role.Viewer, Reach.Customer).WithSummary("A fire detector's newest reading of the last minute.");
        api.MapGet("/metrics", Metrics).Require(Role.Viewer).WithSummary("Messages received and processed, by five minutes of the last hour.");
    }

    private static IResult Overview(SiteAnalysis sites, TimeSeriesStore store, FireAlerts alerts, TimeProvider time, Caller caller, string lang = "ko")
    {
        var cutoffUs = TimeParameter.ToUs(time.GetUtcNow() - Active);
        var known = sites.Devices.Where(caller.Scope.Sees).Select(d => DeviceState.Of(store, d.Id.Value)).Where(s => s.TimeUs > 0).ToList();
        var active = known.Where(s => s.TimeUs > cutoffUs).ToList();
        return Results.Ok(new
        {
            total_devices = known.Count,
            active_devices = active.Count,
            risk_distribution = RiskLevel.All.ToDictionary(level => level, level => active.Count(s => s.Level == level)),
            recent_alerts = alerts.List(caller.Scope, null, cutoffUs, AlertsOfOverview, lang != "en"),
            system_status = active.Count > known.Count * 0.8 ? "HEALTHY" : "DEGRADED",
        });
    }

    private static IResult Details(string id, DeviceRegistry registry, TimeSeriesStore store, FireAlerts alerts, TimeProvider time, Caller caller, string lang = "ko")
    {
        if (Find(id, registry, store, caller) is not { } state)
            return Error("Device not found");
        var now = time.GetUtcNow();
        var nowUs = TimeParameter.ToUs(now);
        var history = DeviceHistory.Read(store, id, TimeParameter.ToUs(now.AddHours(-24)), nowUs + 1, HistoryMax);
        var totalAlarms = DeviceHistory.TotalAlarms(store, id, nowUs);
        return Results.Ok(new
        {
            device_info = new
            {
                device_id = id,
                last_seen = TimeParameter.Format(state.TimeUs),
                current_risk_level = state.Level,
                current_risk_score = Figures.OrZero(state.Risk),
                last_temperature = Figures.OrZero(state.Temperature),
                last_arc_count = Figures.Whole(state.Arcs),
                total_alarms = Figures.Whole(totalAlarms),
                last_status_bits = Figures.Whole(state.Status),
                last_idx = Figures.Whole(state.Index),
            },
            timeseries_data = history.Select(h => new
            {
                timestamp = TimeParameter.Format(h.TimeUs),
                temperature = Figures.OrZero(h.Temperature),
                risk_score = Figures.OrZero(h.Risk),
                arc_count = Figures.Whole(h.Arcs),
                voltage = Figures.OrZero(h.Voltage),
                current = Figures.OrZero(h.Current),
            }),
            recent_alerts = alerts.List(caller.Scope, id, null, AlertsOfDevice, lang != "en"),
            recommendations = Recommendation.For(
                Figures.OrZero(state.Risk), Figures.OrZero(state.Temperature), totalAlarms, [.. history.Select(h => Figures.OrZero(h.Arcs))], lang != "en"),
        });
    }

    private static IResult Realtime(string id, DeviceRegistry registry, TimeSeriesStore store, TimeProvider time, Caller caller)
    {
        var now = time.GetUtcNow();
        if (Find(id, registry, store, caller) is null
            || DeviceHistory.Read(store, id, TimeParameter.ToUs(now.AddMinutes(-1)), TimeParameter.ToUs(now) + 1, 1) is not [var newest])
        {
            return Error("No recent data");
        }

        var status = Figures.Whole(newest.Status);
        return Results.Ok(new
        {
            timestamp = TimeParameter.Format(newest.TimeUs),
            temperature = Figures.OrZero(newest.Temperature),
            risk_score = Figures.OrZero(newest.Risk),
            voltage = Figures.OrZero(newest.Voltage),
            current = Figures.OrZero(newest.Current),
            arc_count = Figures.Whole(newest.Arcs),
            alarm_status = AlarmStatus.Of(status),
            status_bits = status,
        });
    }

    /// <summary>The document reads its cloud's metrics: invocations are messages processed, records are messages received.</summary>
    private static IResult Metrics(MessageRates rates, TimeProvider time)
    {
        var hour = rates.Hour(TimeParameter.ToUs(time.GetUtcNow()));
        return Results.Ok(new
        {
            lambda_invocations = hour.Select(p => Datapoint(p.StartUs, p.Processed)),
            kinesis_records = hour.Select(p => Datapoint(p.StartUs, p.Received)),
        });

        // A dictionary: these names begin with capitals.
        static Dictionary<string, object> Datapoint(long startUs, long sum) =>
            new() { ["Timestamp"] = TimeParameter.Format(startUs), ["Sum"] = (double)sum, ["Unit"] = "Count" };
    }

    private static DeviceState? Find(string id, DeviceRegistry registry, TimeSeriesStore store, Caller caller) =>
        caller.Scope.TryGet(registry, id, out var entry) && entry.Current.ProductId == FireMetric.Product && DeviceState.Of(store, id) is { TimeUs: > 0 } state ? state : null;

    private static IResult Error(string error) => Results.Json(new { error }, statusCode: StatusCodes.Status404NotFound);
}

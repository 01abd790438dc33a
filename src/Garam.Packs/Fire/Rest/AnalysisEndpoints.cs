using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Predictions;
using Garam.Packs.Fire.Risk;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Garam.TimeSeries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Packs.Fire.Rest;

/// <summary>The document's stream analysis (part 3), asked for when it is wanted.</summary>
internal static class AnalysisEndpoints
{
    private const int PredictionsDefault = 100;
    private const int PredictionsMax = 1_000;
    private const int PairsMax = 1_000;

    public static void MapAnalysis(this IEndpointRouteBuilder routes)
    {
        var fire = routes.MapGroup("/api/v1/fire").WithTags("fire");
        fire.MapGet("/devices/{id}/analysis", Analysis).Require(Role.Viewer, Reach.Customer).WithSummary("Trend, patterns, anomalies and neighbours of a fire detector.");
        fire.MapGet("/devices/{id}/aggregates", Aggregates).Require(Role.Viewer, Reach.Customer).WithSummary("Its readings by five minutes.");
        fire.MapGet("/devices/{id}/arcs", Arcs).Require(Role.Viewer, Reach.Customer).WithSummary("Its arcs of the last ten minutes.");
        fire.MapGet("/devices/{id}/predictions", Predictions).Require(Role.Viewer, Reach.Customer).WithSummary("Its analyses of the last seven days that were worth keeping.");
        fire.MapGet("/correlations", Correlations).Require(Role.Viewer, Reach.Customer).WithSummary("Pairs of detectors of a site, one of which at least is at risk.");
    }

    private static IResult Analysis(string id, DeviceRegistry registry, SiteAnalysis sites, Caller caller) =>
        Find(id, registry, caller) is { } device ? Results.Ok(AnalysisView.Of(sites.Of(device))) : Unknown(id);

    private static IResult Aggregates(
        string id, DeviceRegistry registry, TimeSeriesStore store, TimeProvider time, Caller caller, string? from = null, string? to = null)
    {
        if (!TimeRange.TryRead(from ?? "-1h", to, time.GetUtcNow(), out var range, out var problem))
            return Problem.Invalid(problem);
        if (Find(id, registry, caller) is null)
            return Unknown(id);
        var samples = FireSamples.Read(store, id, range.FromUs, range.ToUs);
        return Results.Ok(new { items = FiveMinutes.Of(samples).Select(w => AnalysisView.AggregateOf(id, w)) });
    }

    private static IResult Arcs(string id, DeviceRegistry registry, TimeSeriesStore store, TimeProvider time, Caller caller)
    {
        if (Find(id, registry, caller) is null)
            return Unknown(id);
        var nowUs = TimeParameter.ToUs(time.GetUtcNow());
        var samples = FireSamples.Read(store, id, nowUs - (ArcWindow.Length.Ticks / TimeSpan.TicksPerMicrosecond), nowUs + 1);
        return Results.Ok(AnalysisView.ArcsOf(ArcWindow.Of(samples, nowUs)));
    }

    private static IResult Predictions(
        string id, DeviceRegistry registry, PredictionJournal journal, TimeProvider time, Caller caller,
        string? from = null, string? to = null, int limit = PredictionsDefault)
    {
        if (Problem.OfLimit(limit, PredictionsMax) is { } wrong)
            return wrong;
        if (!TimeRange.TryRead(from ?? "-7d", to, time.GetUtcNow(), out var range, out var problem))
            return Problem.Invalid(problem);
        return Find(id, registry, caller) is null ? Unknown(id) : Results.Ok(new { items = journal.List(id, range.FromUs, range.ToUs, limit) });
    }

    private static IResult Correlations(SiteAnalysis sites, Caller caller, string? site = null)
    {
        var pairs = sites.Devices.Where(d => caller.Scope.Sees(d) && d.SiteId is not null && (site is null || d.SiteId == site))
            .GroupBy(d => d.SiteId!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => sites.Pairs(g)).Take(PairsMax);
        return Results.Ok(new { items = pairs.Select(AnalysisView.PairOf) });
    }

    private static Device? Find(string id, DeviceRegistry registry, Caller caller) =>
        caller.Scope.TryGet(registry, id, out var entry) && entry.Current.ProductId == FireMetric.Product ? entry.Current : null;

    private static IResult Unknown(string id) => Problem.NotFound($"There is no fire detector '{id}'.");
}

using System.Text.Json;

namespace Garam.Browser;

public sealed class Weight(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private const int BytesMax = 150 * 1024;

    private const string Measure = """
        () => {
          const [page] = performance.getEntriesByType("navigation");
          const parts = performance.getEntriesByType("resource").filter((r) => r.initiatorType !== "other");
          const paint = performance.getEntriesByName("first-contentful-paint")[0];
          return { bytes: page.transferSize + parts.reduce((sum, r) => sum + r.transferSize, 0), paint: paint?.startTime ?? null };
        }
        """;

    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task A_first_visit_to_200_devices_is_light()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (var i in Enumerable.Range(0, 200))
        {
            await _dashboard.Api.SendAsync($"light-{i:000}", """{"temperature":20}""", "json");
            await _dashboard.Api.SendLinesAsync([.. Enumerable.Range(0, 60).Select(m =>
                $$"""{"deviceId":"light-{{i:000}}","payload":{"ts":{{now - (m * 60_000)}},"temperature":{{20 + (((i * 7) + (m * 13)) % 50 / 10.0)}} } }""")]);
        }

        await _dashboard.Api.SettledLedgerAsync();
        await using var visitor = await _dashboard.VisitAsync("/?shown=200");
        await visitor.LiveAsync();
        (await visitor[".card"].CountAsync()).ShouldBe(200);
        var measured = await visitor.Page.EvaluateAsync<JsonElement>(Measure);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Home with 200 cards, first visit: {measured.GetProperty("bytes").GetInt64() / 1024} KB, first contentful paint {measured.GetProperty("paint")} ms");
        measured.GetProperty("bytes").GetInt64().ShouldBeLessThan(BytesMax);

        // The first is what the browser takes for a few words of plain text.
        foreach (var path in new[] { "/healthz", "/", "/?shown=200" })
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{path} with 200 devices, first visit, the browser running already: first contentful paint {await MedianAsync(path, PaintAsync):0} ms");
        }
    }

    [Fact]
    public async Task A_week_of_minutes_is_drawn_from_no_more_than_3000_points()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await _dashboard.Api.SendAsync("week", $$"""{"ts":{{now}},"temperature":20}""", "json");
        foreach (var day in Enumerable.Range(0, 7))
        {
            await _dashboard.Api.SendLinesAsync([.. Enumerable.Range(day * 1440, 1440).Select(m =>
                $$"""{"deviceId":"week","payload":{"ts":{{now - (m * 60_000L)}},"temperature":{{20 + (m % 97 / 10.0)}}} }""")]);
        }

        await _dashboard.Api.SettledLedgerAsync();
        await using var visitor = await _dashboard.VisitAsync("/devices/week?range=7d");
        await visitor["#chart[data-drawn]"].WaitForAsync();
        var first = await visitor["#chart"].GetAttributeAsync("data-drawn");
        await visitor.Page.ReloadAsync();
        await visitor["#chart[data-drawn]"].WaitForAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Seven days of minutes drawn after {first} ms on the first visit, {await visitor["#chart"].GetAttributeAsync("data-drawn")} ms on the second");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"The same, first visit, the browser running already: {await MedianAsync("/devices/week?range=7d", DrawnAsync):0} ms");
        var points = await visitor.Page.EvaluateAsync<int>("""
            async () => (await (await fetch("/api/v1/devices/week/telemetry?metrics=temperature&from=-7d&step=auto&maxPoints=3000")).json()).series[0].points.length
            """);
        points.ShouldBeInRange(1_000, 3_000);
    }

    /// <summary>The middle one of five visits, each with a profile of its own, so that nothing is in a cache.</summary>
    private async Task<double> MedianAsync(string path, Func<Visitor, Task<double>> measure)
    {
        var figures = new List<double>();
        for (var visit = 0; visit < 5; visit++)
        {
            await using var visitor = await _dashboard.VisitAsync(path);
            figures.Add(await measure(visitor));
        }

        return figures.Order().ElementAt(2);
    }

    private static async Task<double> PaintAsync(Visitor visitor)
    {
        await visitor.Page.WaitForFunctionAsync("""() => performance.getEntriesByName("first-contentful-paint").length > 0""");
        return (await visitor.Page.EvaluateAsync<JsonElement>(Measure)).GetProperty("paint").GetDouble();
    }

    private static async Task<double> DrawnAsync(Visitor visitor)
    {
        await visitor["#chart[data-drawn]"].WaitForAsync();
        return double.Parse((await visitor["#chart"].GetAttributeAsync("data-drawn"))!, System.Globalization.CultureInfo.InvariantCulture);
    }
}

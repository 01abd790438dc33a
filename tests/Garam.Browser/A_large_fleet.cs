using System.Collections.Concurrent;
using System.Text.Json;

namespace Garam.Browser;

/// <summary>A thousand detectors, all of them in trouble: more than ten thousand open alarms.</summary>
public sealed class A_large_fleet(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private const int Devices = 1_000;
    private const int AlarmsMin = 10_000;
    private const int BytesMax = 150 * 1024;

    /// <summary>As the stream is told at most, see cards.ts.</summary>
    private const int LiveCardsMax = 80;

    private const string Measure = """
        () => {
          const [page] = performance.getEntriesByType("navigation");
          const parts = performance.getEntriesByType("resource").filter((r) => r.initiatorType !== "other");
          return { bytes: page.transferSize + parts.reduce((sum, r) => sum + r.transferSize, 0), answered: page.responseEnd - page.requestStart };
        }
        """;

    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task A_thousand_devices_scroll_to_the_end_and_only_what_is_seen_is_live()
    {
        await SeedAsync();
        await using var visitor = await _dashboard.VisitAsync();
        var streams = new ConcurrentQueue<string>();
        visitor.Page.Request += (_, request) =>
        {
            if (new Uri(request.Url).AbsolutePath == "/live")
                streams.Enqueue(request.Url);
        };
        await visitor.LiveAsync();
        await visitor.Page.EvaluateAsync("document.querySelector('.card').isFirst = true");
        await visitor.Page.EvaluateAsync("""
            async () => {
              const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
              while (document.querySelector("#more")) {
                scrollTo(0, document.documentElement.scrollHeight);
                await frame();
              }
            }
            """);
        (await visitor["[data-device]"].EvaluateAllAsync<string[]>("all => all.map(c => c.dataset.device)")).Distinct().Count().ShouldBe(Devices);
        (await visitor.Page.EvaluateAsync<bool>("document.querySelector('.card').isFirst === true")).ShouldBeTrue("cards that are there stay as they are");

        var last = (await visitor["[data-device]"].Last.GetAttributeAsync("data-device"))!;
        await visitor["[data-device]"].Last.ScrollIntoViewIfNeededAsync();
        await Until.TrueAsync(() => Task.FromResult(streams.Any(url => url.Contains("card=" + last, StringComparison.Ordinal))), "the card at the end is live");
        streams.ShouldAllBe(url => url.Split("card=").Length - 1 <= LiveCardsMax);
        await _dashboard.Api.SendLinesAsync(Reading(last, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        await visitor[$"[data-device='{last}'] .age-chip", "now"].WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/alarms")]
    [InlineData("/alarms?state=all&severity=high")]
    [InlineData("/alarms?device=crowd-0500")]
    [InlineData("/devices/crowd-0500")]
    [InlineData("/fire")]
    public async Task Pages_stay_light_and_quick_with_ten_thousand_alarms(string path)
    {
        await SeedAsync();
        await using var visitor = await _dashboard.VisitAsync(path);
        await visitor.LiveAsync();
        var first = await visitor.Page.EvaluateAsync<JsonElement>(Measure);
        await visitor.GoAsync(path);
        var again = await visitor.Page.EvaluateAsync<JsonElement>(Measure);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{path}: {first.GetProperty("bytes").GetInt64() / 1024} KB on the first visit, answered in {again.GetProperty("answered").GetDouble():0} ms on the second");
        first.GetProperty("bytes").GetInt64().ShouldBeLessThan(BytesMax);
        again.GetProperty("answered").GetDouble().ShouldBeLessThan(1_000);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_thousand_alarms_are_read_page_by_page()
    {
        await SeedAsync();
        await using var visitor = await _dashboard.VisitAsync("/alarms", script: false);
        var seen = new HashSet<string>();
        for (var page = 0; page < 3; page++)
        {
            var ids = await visitor[".alarm"].EvaluateAllAsync<string[]>("all => all.map(a => a.id)");
            ids.Length.ShouldBe(50);
            ids.ShouldAllBe(id => seen.Add(id));
            await visitor[".more a"].ClickAsync();
        }
    }

    /// <summary>Once for the class.</summary>
    private async Task SeedAsync()
    {
        if ((await _dashboard.Api.GetAsync("/api/v1/alarms/summary")).GetProperty("open").GetInt64() >= AlarmsMin)
            return;
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        // Rules with a duration want a second reading.
        foreach (var at in new[] { now - 40_000, now - 1_000 })
            await _dashboard.Api.SendLinesAsync(Enumerable.Range(0, Devices).Select(i => Reading($"crowd-{i:0000}", at)));
        await _dashboard.Api.SettledLedgerAsync(TimeSpan.FromMinutes(1));
        await Until.TrueAsync(
            async () => (await _dashboard.Api.GetAsync("/api/v1/alarms/summary")).GetProperty("open").GetInt64() >= AlarmsMin, "ten thousand alarms", TimeSpan.FromMinutes(1));
        // And nobody has to be told of them any more: pages are measured, not what the storm leaves to do.
        await Until.TrueAsync(
            async () => (await _dashboard.Api.GetAsync("/api/v1/notifications?state=waiting&limit=1")).GetProperty("items").GetArrayLength() == 0, "all are told",
            TimeSpan.FromMinutes(3));
    }

    private static string Reading(string device, long ms) => JsonSerializer.Serialize(new
    {
        deviceId = device,
        product = "fire-detector",
        payload = new
        {
            deviceId = device, timestamp = ms, idx = 1, status = 0xfff, verifySts = 0, volt = 240.0, voltLow = 180.0, ct = 120.0, zct = 12.0, rzct = 10.0, pwr = 2.1,
            pcbTemp = 78.0, sensorTemp = 50.0, co = 40.0, voc = 600.0, pFct = 0.7, aArc = 12,
        },
    });
}

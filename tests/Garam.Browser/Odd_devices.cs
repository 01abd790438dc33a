using System.Text.Json;

namespace Garam.Browser;

public sealed class Odd_devices(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task Markup_in_names_and_tags_is_text()
    {
        await _dashboard.Api.SendAsync("a<b>&amp;'", """{"temperature":1}""", "json");
        await PutAsync("marked", new { productId = "json", title = Markup, tags = new Dictionary<string, string> { ["note"] = $"</script>{Markup}", ["site"] = Markup } });
        await _dashboard.Api.SendAsync("marked", $$"""{"temperature":1,"mode":"{{Markup}}"}""");
        await _dashboard.Api.SettledLedgerAsync();

        await using var visitor = await _dashboard.VisitAsync("/?q=" + Uri.EscapeDataString(Markup));
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = Markup, Exact = true }).ClickAsync();
        await visitor["#chart[data-drawn]"].WaitForAsync();
        (await visitor["img, script:not([src])"].CountAsync()).ShouldBe(0);
        (await visitor["h1"].InnerTextAsync()).ShouldBe(Markup);
        await visitor.GoAsync("/devices/" + Uri.EscapeDataString("a<b>&amp;'"));
        (await visitor["h1"].InnerTextAsync()).ShouldBe("a<b>&amp;'");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_with_200_metrics_one_without_any_and_one_never_heard_of_have_pages()
    {
        var metrics = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"m{i:000}\":{i}"));
        await _dashboard.Api.SendAsync("many", $"{{{metrics}}}", "json");
        await _dashboard.Api.SendAsync("words", """{"mode":"heating"}""", "json");
        await PutAsync("silent", new { productId = "json" });
        await _dashboard.Api.SettledLedgerAsync();

        await using var visitor = await _dashboard.VisitAsync();
        (await visitor["#card-silent"].InnerTextAsync()).ShouldContain("Waiting");
        await Until.TrueAsync(async () => await visitor.GoAsync("/") is not null && (await visitor["#card-words"].InnerTextAsync()).Contains("heating", StringComparison.Ordinal), "the word");
        foreach (var id in new[] { "many", "words", "silent" })
        {
            (await visitor.GoAsync($"/devices/{id}"))!.Status.ShouldBe(200);
            (await visitor["h1"].InnerTextAsync()).ShouldBe(id);
        }

        await visitor.GoAsync("/devices/many");
        (await visitor["#now-values dt"].CountAsync()).ShouldBe(200);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gap_stays_a_gap_in_the_chart()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var times = Enumerable.Range(0, 50).Select(i => now - 3_000_000 + (i * 10_000)).Concat(Enumerable.Range(0, 50).Select(i => now - 600_000 + (i * 10_000)));
        await _dashboard.Api.SendAsync("gap", $$"""{"ts":{{now - 600_000}},"temperature":20}""", "json");
        await _dashboard.Api.SendLinesAsync([.. times.Select(t => $$"""{"deviceId":"gap","payload":{"ts":{{t}},"temperature":20} }""")]);
        await _dashboard.Api.SettledLedgerAsync();

        await using var visitor = await _dashboard.VisitAsync("/devices/gap?range=1h");
        await visitor["#chart[data-drawn] canvas"].WaitForAsync();
        (await visitor.Page.EvaluateAsync<JsonElement>("document.querySelector('#chart').dataset.holes")).GetString().ShouldBe("1");
    }

    [Fact]
    public async Task What_is_no_number_is_shown_as_none()
    {
        await _dashboard.Api.PutProductAsync("float-probe", """
            product_type: float-probe
            title: {en: Float probe, ko: 실수 측정기}
            version: 1
            format: hex_binary
            parsing_type: length_based
            conversion:
              - {field: level, offset: 0, length: 4, type: float32, unit: bar}
              - {field: flow, offset: 4, length: 4, type: float32, unit: l/min}
            """);
        // 1.5 and 2.5; not a number and 3.5; infinite and 4.5.
        foreach (var (payload, flow) in new[] { ("0x3fc0000040200000", "2.5"), ("0x7fc0000040600000", "3.5"), ("0x7f80000040900000", "4.5") })
        {
            await _dashboard.Api.SendAsync("float-01", payload, "float-probe");
            await Until.TrueAsync(async () => await _dashboard.Api.LatestAsync("float-01", "flow") == flow || (await _dashboard.Api.DeadLettersAsync("float-01")).Count > 0, "the reading, or its dead letter");
        }

        await using var visitor = await _dashboard.VisitAsync("/devices/float-01?range=1h&metric=level&metric=flow");
        await visitor["#chart[data-drawn] canvas"].First.WaitForAsync();
        await visitor.LiveAsync();
        var text = await visitor.TextAsync();
        text.ShouldNotContain("NaN");
        text.ShouldNotContain("Infinity");
        text.ShouldNotContain("∞");
        await visitor.GoAsync("/?q=float-01");
        (await visitor["#card-float-01"].InnerTextAsync()).ShouldNotContain("NaN");
        (await visitor["#card-float-01 svg path"].EvaluateAllAsync<string[]>("all => all.map(p => p.getAttribute('d'))")).ShouldAllBe(d => !d.Contains("NaN"));
        visitor.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Australia/Adelaide")]
    public async Task Times_are_the_readers_whatever_the_devices_clock_says(string zone)
    {
        var id = "abroad-" + zone[(zone.IndexOf('/', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
        var at = DateTimeOffset.UtcNow.AddMinutes(-2);
        var seoul = at.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture);
        await _dashboard.Api.SendAsync(id, $$"""{"ts":"{{seoul}}","temperature":21}""", "json");
        await _dashboard.Api.ShouldReadAsync(id, "temperature", "21");
        var here = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

        await using var visitor = await _dashboard.VisitAsync("/devices/" + id, zone: zone);
        // By script on the first visit, which brings no zone; by the server from then on.
        await visitor["#recent td", here].WaitForAsync();
        await visitor.GoAsync("/devices/" + id);
        (await visitor.Page.GetAttributeAsync("html", "data-zone")).ShouldBe(zone);
        (await visitor["#recent td"].First.InnerTextAsync()).ShouldBe(here);

        // An hour that this clock leaves out, and a day that no calendar has.
        (await visitor.GoAsync($"/devices/{id}?from=2026-03-08T02:30:00&to=2026-03-08T04:00:00"))!.Status.ShouldBe(200);
        (await visitor.GoAsync($"/devices/{id}?from=2026-02-31T00:00:00&to=never"))!.Status.ShouldBe(200);
        await visitor.Context.AddCookiesAsync([new() { Name = "garam-zone", Value = "Mars%2FOlympus_Mons", Url = _dashboard.Program.Url }]);
        (await visitor.GoAsync("/devices/" + id))!.Status.ShouldBe(200);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_exist_is_a_page_that_says_so()
    {
        await using var visitor = await _dashboard.VisitAsync("/devices/nobody");
        (await visitor.TextAsync()).ShouldContain("There is nothing here");
        (await visitor.GoAsync("/devices/nobody"))!.Status.ShouldBe(404);
        using var answer = await _dashboard.Api.Http.GetAsync("/api/v1/devices/nobody");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private async Task PutAsync(string id, object body)
    {
        using var answer = await _dashboard.Api.PutAsync($"/api/v1/devices/{Uri.EscapeDataString(id)}", JsonSerializer.Serialize(body));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}

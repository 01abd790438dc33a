namespace Garam.Browser;

public sealed class Languages_and_themes(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task The_browsers_language_is_spoken_until_the_reader_chooses_another()
    {
        await _dashboard.Api.SendAsync("word-01", """{"temperature":1234.5}""", "json");
        await using var visitor = await _dashboard.VisitAsync(language: "ko-KR");
        await Until.TrueAsync(async () => await visitor.GoAsync("/") is not null && (await visitor.TextAsync()).Contains("word-01", StringComparison.Ordinal), "the card");
        (await visitor.Page.GetAttributeAsync("html", "lang")).ShouldBe("ko");
        (await visitor.TextAsync()).ShouldContain("현황");
        (await visitor.TextAsync()).ShouldNotContain("Overview");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await visitor["html[lang=en]"].WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visitor.LoadedAsync();
        (await visitor.TextAsync()).ShouldContain("Overview");
        (await visitor.TextAsync()).ShouldNotContain("현황");
        await visitor.GoAsync("/devices/word-01");
        (await visitor.TextAsync()).ShouldContain("Newest readings");
    }

    [Fact]
    public async Task Colours_follow_the_system_until_the_reader_chooses()
    {
        await using var visitor = await _dashboard.VisitAsync(scheme: ColorScheme.Dark);
        (await BackgroundAsync(visitor)).ShouldBe("rgb(13, 16, 21)");
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        (await BackgroundAsync(visitor)).ShouldBe("rgb(245, 247, 250)");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();
        await visitor["html[data-theme=dark]"].WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visitor.LoadedAsync();
        (await BackgroundAsync(visitor)).ShouldBe("rgb(13, 16, 21)");
    }

    [Fact]
    public async Task Times_are_those_of_the_readers_zone()
    {
        await _dashboard.Api.SendAsync("clock-01", """{"temperature":20,"ts":"2026-03-01T10:00:00Z"}""", "json");
        await using var visitor = await _dashboard.VisitAsync("/devices/clock-01", zone: "Asia/Seoul");
        await Until.TrueAsync(async () => await visitor.GoAsync("/devices/clock-01") is not null && (await visitor.TextAsync()).Contains("19:00:00", StringComparison.Ordinal), "19:00:00 in Seoul");
    }

    private static Task<string> BackgroundAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}

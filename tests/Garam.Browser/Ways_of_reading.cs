namespace Garam.Browser;

public sealed class Ways_of_reading(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    public static TheoryData<string, string> Pages_and_schemes()
    {
        var all = new TheoryData<string, string>();
        foreach (var path in Paths)
        {
            all.Add(path, "light");
            all.Add(path, "dark");
        }

        return all;
    }

    private static readonly string[] Paths =
    [
        "/", "/?q=nothing-like-this", "/devices/reader-01", "/alarms", "/dead-letters", "/pipeline", "/fire", "/fire/reading-room", "/no-such-page",
        "/rules", "/rules/fire-detector", "/rules/fire-detector/edit", "/rules/fire-detector/backtest", "/products", "/products/product_a",
    ];

    [Theory]
    [MemberData(nameof(Pages_and_schemes))]
    public async Task Axe_finds_nothing_serious(string path, string scheme)
    {
        await SeedAsync();
        await using var visitor = await _dashboard.VisitAsync(path, scheme: scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light, axe: true);
        (await Axe.SeriousAsync(visitor.Page)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/devices/reader-01")]
    [InlineData("/fire")]
    [InlineData("/fire/reading-room")]
    [InlineData("/rules/fire-detector")]
    [InlineData("/rules/fire-detector/edit")]
    [InlineData("/products/product_a")]
    public async Task A_phone_shows_all_of_it_without_scrolling_sideways(string path)
    {
        await SeedAsync();
        await using var visitor = await _dashboard.VisitAsync(path, size: (360, 740));
        var (content, window) = (await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await visitor.Page.EvaluateAsync<int>("innerWidth"));
        content.ShouldBeLessThanOrEqualTo(window);
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await SeedAsync();
        await using var visitor = await _dashboard.VisitAsync();
        await visitor.Page.Keyboard.PressAsync("Tab");
        (await FocusedAsync(visitor)).ShouldBe("Skip to the content");
        await visitor.Page.Keyboard.PressAsync("Enter");
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("main");

        await visitor.Page.Keyboard.PressAsync("/");
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("q");
        await visitor.Page.Keyboard.TypeAsync("reader-01");
        await visitor.AtAsync("**/?q=reader-01*");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "reader-01" }).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.AtAsync("**/devices/reader-01");
    }

    [Fact]
    public async Task Without_script_pages_are_read_searched_and_switched()
    {
        await SeedAsync();
        await using var visitor = await _dashboard.VisitAsync(script: false);
        await visitor["#card-reader-01"].WaitForAsync();
        await visitor["#q"].FillAsync("reader-02");
        await visitor["#q"].PressAsync("Enter");
        await visitor["#card-reader-02"].WaitForAsync();
        (await visitor["#card-reader-01"].CountAsync()).ShouldBe(0);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "한국어" }).ClickAsync();
        await visitor["html[lang=ko]"].WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visitor.GoAsync("/devices/reader-01");
        (await visitor["#recent tbody tr"].CountAsync()).ShouldBeGreaterThan(0);
    }

    private static Task<string> FocusedAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()");

    private async Task SeedAsync()
    {
        await _dashboard.Api.SendAsync("reader-01", """{"temperature":21.5,"humidity":40,"door":true}""", "json");
        await _dashboard.Api.SendAsync("reader-02", """{"pressure":6.25}""", "json");
        foreach (var detector in new[] { "reader-fire-1", "reader-fire-2", "reader-fire-3" })
            await _dashboard.Api.PlaceAsync(detector, "reading-room");
        await _dashboard.Api.BurnAsync("reader-fire-1");
        await _dashboard.Api.BurnAsync("reader-fire-2");
        await _dashboard.Api.ShouldReadAsync("reader-fire-2", "pcb_temperature", "75");
        await _dashboard.Api.ShouldReadAsync("reader-02", "pressure", "6.25");
    }
}

namespace Garam.Browser;

public sealed class Searching(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task Search_and_filters_stand_in_the_address_and_go_back_with_the_browser()
    {
        foreach (var i in Enumerable.Range(1, 5))
            await _dashboard.Api.SendAsync($"oven-{i}", $$"""{"temperature":{{i}}}""", "json");
        await _dashboard.Api.SendAsync("fan-1", """{"speed":1}""", "json");
        await _dashboard.Api.SettledLedgerAsync();

        await using var visitor = await _dashboard.VisitAsync();
        await visitor["#q"].FillAsync("oven");
        await visitor.AtAsync("**/?q=oven*");
        await visitor["#card-fan-1"].WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await visitor[".card"].CountAsync()).ShouldBe(5);
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("q");

        await visitor[".chip-link", "Normal"].ClickAsync();
        await visitor.AtAsync("**/?q=oven&state=normal");
        (await visitor[".chip-link[aria-current]"].InnerTextAsync()).ShouldContain("Normal");
        await visitor.Page.ReloadAsync();
        (await visitor[".card"].CountAsync()).ShouldBe(5);
        await visitor.Page.GoBackAsync();
        await visitor.AtAsync("**/?q=oven*");
    }

    [Fact]
    public async Task Further_cards_come_when_the_reader_scrolls_to_the_end()
    {
        foreach (var i in Enumerable.Range(1, 130))
            await _dashboard.Api.SendAsync($"row-{i:000}", $$"""{"temperature":{{i}}}""", "json");
        await _dashboard.Api.SettledLedgerAsync();

        await using var visitor = await _dashboard.VisitAsync("/?q=row-");
        (await visitor[".card"].CountAsync()).ShouldBe(60);
        await Until.TrueAsync(
            async () =>
            {
                await visitor.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
                return await visitor[".card"].CountAsync() == 130;
            },
            "130 cards");
        (await visitor["#card-row-130"].CountAsync()).ShouldBe(1);

        // A card that came later is live as well.
        await visitor["#card-row-130"].ScrollIntoViewIfNeededAsync();
        await _dashboard.Api.SendAsync("row-130", """{"temperature":131.5}""");
        await visitor["#read-row-130 b"].Filter(new() { HasText = "131.5" }).WaitForAsync();
    }
}

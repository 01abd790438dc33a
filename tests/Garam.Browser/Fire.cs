namespace Garam.Browser;

public sealed class Fire(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    private NodeApi Api => _dashboard.Api;

    [Fact]
    public async Task A_building_catches_fire_and_calms_down_on_an_open_page()
    {
        foreach (var device in new[] { "board-1", "board-2", "board-3" })
        {
            await Api.PlaceAsync(device, "hall", "Board " + device[^1]);
            await Api.CalmAsync(device);
        }

        await using var visitor = await _dashboard.VisitAsync("/fire");
        await visitor["nav.side a[href='/fire'][aria-current=page]"].WaitForAsync();
        await visitor.LiveAsync();
        await visitor["#fire-site-hall.s-normal .window.s-normal"].Nth(2).WaitForAsync();
        (await visitor["#fire-site-hall .window"].CountAsync()).ShouldBe(3);
        await visitor.Page.EvaluateAsync("window.sameDocument = true");

        await Api.BurnAsync("board-1");
        await visitor["#fire-site-hall.s-medium", "Elevated"].WaitForAsync();
        await Api.BurnAsync("board-2");
        await visitor["#fire-site-hall.s-critical.burning", "High-risk cluster"].WaitForAsync();
        (await visitor["#fire-site-hall .window.in-cluster .name"].AllInnerTextsAsync()).ShouldBe(["Board 1", "Board 2"]);
        await visitor["#fire-row-board-1.s-critical .trend"].WaitForAsync();
        await visitor["#fire-levels .ring path.s-critical"].WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visitor["#fire-totals .bad", "cluster"].WaitForAsync();
        await visitor["#fire-alerts li.s-critical"].First.WaitForAsync();
        (await visitor["#fire-list .detector"].First.GetAttributeAsync("class"))!.ShouldContain("s-critical", Case.Sensitive, "the worst stand first");

        await Api.CalmAsync("board-2");
        await visitor["#fire-site-hall:not(.burning) #fire-window-board-2.s-normal"].WaitForAsync();
        (await visitor.Page.EvaluateAsync<bool>("window.sameDocument === true")).ShouldBeTrue("the page was loaded once");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task From_the_building_to_the_cause_in_two_clicks()
    {
        foreach (var device in new[] { "shop-1", "shop-2" })
        {
            await Api.PlaceAsync(device, "arcade", "Shop " + device[^1]);
            await Api.BurnAsync(device);
        }

        await Api.PlaceAsync("shop-3", "arcade", "Shop 3");
        await Api.CalmAsync("shop-3");
        await Api.ShouldReadAsync("shop-3", "pcb_temperature", "30");
        await using var visitor = await _dashboard.VisitAsync("/fire");
        await Until.TrueAsync(async () => await visitor.GoAsync("/fire") is not null && await visitor["#fire-site-arcade.burning"].CountAsync() == 1, "the cluster");

        await visitor["#fire-site-arcade h2 a"].ClickAsync();
        await visitor.AtAsync("**/fire/arcade");
        await visitor["#fire-pairs tr", "Shop 1 – Shop 2"].Filter(new() { HasText = "Cluster" }).WaitForAsync();
        (await visitor["#fire-pairs tbody tr", "Shop 3"].CountAsync()).ShouldBe(2, "the cool one is far from both");
        (await visitor["#fire-hours li"].CountAsync()).ShouldBe(3);
        (await visitor["#fire-history .band rect.s-critical"].CountAsync()).ShouldBeGreaterThan(0);

        await visitor["#fire-window-shop-1 a"].ClickAsync();
        await visitor.AtAsync("**/devices/shop-1");
        // Raised by the second of the two, and listed under both.
        await visitor["#device-alarms .alarm", "high-risk-cluster"].WaitForAsync();
        await visitor["#device-alarms h2 a", "2 devices of the site"].First.ClickAsync();
        await visitor["dd a", "Shop 1"].WaitForAsync();
        await visitor["dd a", "Shop 2"].WaitForAsync();
        (await visitor.GoAsync("/fire/no-such-site"))!.Status.ShouldBe(404);
        visitor.Complaints.Count(c => !c.Contains("404", StringComparison.Ordinal)).ShouldBe(0);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_level_with_the_keyboard_without_script_and_in_Korean()
    {
        await Api.PlaceAsync("loft-1", "loft", "다락 1");
        await Api.BurnAsync("loft-1");
        await Api.PlaceAsync("loft-2", "loft", "다락 2");
        await Api.CalmAsync("loft-2");
        await Api.PlaceAsync("loft-3", "loft", "다락 3");
        await Api.CalmAsync("loft-3");
        foreach (var calm in new[] { "loft-2", "loft-3" })
            await Api.ShouldReadAsync(calm, "pcb_temperature", "30");
        await Api.ShouldReadAsync("loft-1", "pcb_temperature", "75");
        await using var visitor = await _dashboard.VisitAsync("/fire", language: "ko-KR");
        await visitor.LiveAsync();
        await visitor["#fire-levels a", "위험"].FocusAsync();
        // What the stream brings meanwhile leaves the focus where it is.
        await Api.BurnAsync("loft-3");
        await visitor["#fire-row-loft-3.s-critical"].WaitForAsync();
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.closest('li')?.id")).ShouldBe("fire-level-critical");
        await visitor.Page.Keyboard.PressAsync("Enter");
        // The narrowed list has a way back to the whole one.
        await visitor["#fire-list .chip-link"].WaitForAsync();
        visitor.Page.Url.ShouldEndWith("/fire?level=critical");
        (await visitor["#fire-row-loft-1"].CountAsync()).ShouldBe(1);
        (await visitor["#fire-row-loft-2"].CountAsync()).ShouldBe(0);
        await visitor.LiveAsync();

        await using var plain = await _dashboard.VisitAsync("/fire?level=normal", script: false);
        (await plain["#fire-row-loft-1"].CountAsync()).ShouldBe(0);
        (await plain["#fire-row-loft-2"].InnerTextAsync()).ShouldContain("confidence");
        await plain["#fire-list .chip-link"].ClickAsync();
        await plain["#fire-row-loft-1"].WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }
}

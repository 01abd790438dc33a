namespace Garam.Browser;

public sealed class Alarms(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task A_message_raises_an_alarm_that_is_seen_at_once_acknowledged_and_resolved()
    {
        await SendAsync("hot-01", 30, secondsAgo: 60);
        await _dashboard.Api.ShouldReadAsync("hot-01", "pcb_temperature", "30");
        await using var visitor = await _dashboard.VisitAsync("/?q=hot-01");
        await visitor.LiveAsync();
        (await visitor["#card-hot-01"].GetAttributeAsync("class"))!.ShouldContain("s-normal");

        await HeatAsync("hot-01");
        await visitor["#card-hot-01.s-critical .why"].WaitForAsync();

        await visitor.GoAsync("/alarms?severity=critical&device=hot-01");
        await visitor[".alarm", "hot-01"].First.Locator("h2 a").ClickAsync();
        await visitor["#chart[data-drawn] canvas"].WaitForAsync();
        (await visitor[".history"].InnerTextAsync()).ShouldContain("raised");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await visitor[".history li", "acknowledged"].WaitForAsync();

        await visitor["summary", "Resolve"].ClickAsync();
        await visitor.Page.GetByLabel("Note").FillAsync("fan replaced <b>");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await visitor[".history li", "fan replaced <b>"].WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_is_live_and_acknowledging_works_from_it_without_script_too()
    {
        await SendAsync("hot-02", 30, secondsAgo: 60);
        await _dashboard.Api.ShouldReadAsync("hot-02", "pcb_temperature", "30");
        await using var visitor = await _dashboard.VisitAsync("/alarms?device=hot-02");
        await visitor.LiveAsync();
        await HeatAsync("hot-02");
        await visitor[".alarm.s-critical", "hot-02"].First.WaitForAsync();

        await using var plain = await _dashboard.VisitAsync("/alarms?device=hot-02&severity=critical", script: false);
        // By its number: other rules raise alarms of the same reading meanwhile.
        var id = await plain[".alarm:has(.acts button)"].First.GetAttributeAsync("id");
        await plain[$"#{id} .acts button"].ClickAsync();
        await plain[$"#{id}", "acknowledged"].WaitForAsync();
        (await plain[$"#{id} .acts"].CountAsync()).ShouldBe(0);
        (await plain.Page.EvaluateAsync<string>("location.search")).ShouldBe("?device=hot-02&severity=critical");
    }

    [Fact]
    public async Task An_open_devices_page_shows_an_alarm_come_be_taken_and_go()
    {
        await SendAsync("hot-03", 30, secondsAgo: 60);
        await _dashboard.Api.ShouldReadAsync("hot-03", "pcb_temperature", "30");
        await using var visitor = await _dashboard.VisitAsync("/devices/hot-03?range=1h");
        await visitor.LiveAsync();
        await visitor["#chart[data-marked='0'] canvas"].First.WaitForAsync();
        (await visitor["#device-alarms .alarm"].CountAsync()).ShouldBe(0);

        await HeatAsync("hot-03");
        await visitor["#device-alarms .alarm.s-critical", "overheating"].WaitForAsync();
        await visitor["#chart:not([data-marked='0'])"].WaitForAsync();
        var alarms = await _dashboard.Api.GetAsync("/api/v1/alarms?device=hot-03&state=open");
        var id = alarms.GetProperty("items").EnumerateArray().First(a => a.GetProperty("rule").GetString() == "overheating").GetProperty("id").GetInt64();
        await _dashboard.Api.PostAsync($"/api/v1/alarms/{id}/acknowledge", "{}");
        await visitor[$"#device-alarms #alarm-{id}", "acknowledged"].WaitForAsync();

        // Behind the alarms that still last, when there are more than the panel holds.
        await SendAsync("hot-03", 30, secondsAgo: 0);
        await visitor[$"#device-alarms #alarm-{id}:not(.over)"].WaitForAsync(new() { State = WaitForSelectorState.Detached });
        visitor.Complaints.ShouldBeEmpty();
    }

    /// <summary>The rule wants ten hot seconds of the device's clock.</summary>
    private async Task HeatAsync(string device)
    {
        await SendAsync(device, 75, secondsAgo: 30);
        await SendAsync(device, 76, secondsAgo: 1);
    }

    private Task SendAsync(string device, double celsius, int secondsAgo)
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(-secondsAgo).ToUnixTimeMilliseconds();
        return _dashboard.Api.SendAsync(
            device,
            $$"""{"deviceId":"{{device}}","timestamp":{{time}},"idx":1,"status":0,"volt":221,"ct":10,"pcbTemp":{{celsius}},"sensorTemp":{{celsius - 2}},"co":2,"voc":90,"pFct":0.95,"aArc":0,"zct":1,"rzct":1,"pwr":2}""",
            "fire-detector");
    }
}

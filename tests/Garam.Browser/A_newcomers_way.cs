namespace Garam.Browser;

public sealed class A_newcomers_way(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task A_first_message_makes_a_card_it_moves_by_itself_and_leads_to_the_device()
    {
        await using var visitor = await _dashboard.VisitAsync();
        (await visitor.TextAsync()).ShouldContain("No devices yet");
        (await visitor.TextAsync()).ShouldContain("/api/v1/ingest/sensor-01?product=json");

        (await visitor["nav.side a[href='/fire']"].CountAsync()).ShouldBe(0, "there is no detector");
        await visitor.GoAsync("/fire");
        (await visitor.TextAsync()).ShouldContain("No fire detectors yet");

        await _dashboard.Api.SendAsync("sensor-01", """{"temperature":25.5,"humidity":60}""", "json");
        await Until.TrueAsync(async () => await visitor.GoAsync("/") is not null && await visitor["#card-sensor-01"].CountAsync() == 1, "the card of sensor-01");
        await visitor["#read-sensor-01 b"].Filter(new() { HasText = "25.5" }).WaitForAsync();
        await visitor.LiveAsync();

        await _dashboard.Api.SendAsync("sensor-01", """{"temperature":26.75,"humidity":61}""", "json");
        await visitor["#read-sensor-01 b"].Filter(new() { HasText = "26.75" }).WaitForAsync();

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "sensor-01" }).ClickAsync();
        await visitor.AtAsync("**/devices/sensor-01");
        await visitor["#chart[data-drawn] canvas"].WaitForAsync();
        await visitor["#recent tbody tr"].Filter(new() { HasText = "26.75" }).WaitForAsync();
        (await visitor["#raw .hex"].First.InnerTextAsync()).ShouldContain("7b 22 74 65 6d 70");

        await visitor.LiveAsync();
        await _dashboard.Api.SendAsync("sensor-01", """{"temperature":27.25,"humidity":61}""", "json");
        await visitor["#recent tbody tr"].Filter(new() { HasText = "27.25" }).WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }
}

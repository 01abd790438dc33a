using System.Diagnostics;

namespace Garam.Browser;

public sealed class A_lost_line(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task A_dead_line_is_seen_within_five_seconds_and_heals_by_itself()
    {
        await _dashboard.Api.SendAsync("line-01", """{"temperature":1}""", "json");
        await _dashboard.Api.ShouldReadAsync("line-01", "temperature", "1");
        await using var relay = new Relay(_dashboard.Program.HttpPort);
        await using var visitor = await _dashboard.VisitAsync(url: relay.Url);
        await visitor.LiveAsync();

        var cut = Stopwatch.StartNew();
        relay.Cut();
        await visitor.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "not live" }).WaitForAsync();
        cut.Elapsed.TotalSeconds.ShouldBeLessThan(5.5);
        await _dashboard.Api.SendAsync("line-01", """{"temperature":2.5}""", "json");

        relay.Mend();
        await visitor.LiveAsync();
        await visitor["#read-line-01 b"].Filter(new() { HasText = "2.5" }).WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }
}

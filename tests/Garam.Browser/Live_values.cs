using System.Diagnostics;
using System.Globalization;

namespace Garam.Browser;

public sealed class Live_values(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    [Fact]
    public async Task A_value_is_on_an_open_page_within_half_a_second()
    {
        await _dashboard.Api.SendAsync("quick", """{"temperature":1}""", "json");
        await using var visitor = await _dashboard.VisitAsync("/?q=quick");
        await Until.TrueAsync(async () => await visitor.GoAsync("/?q=quick") is not null && await visitor["#read-quick b"].CountAsync() == 1, "the card");
        await visitor.LiveAsync();
        // The stream that knows the card is opened a moment after the first.
        await _dashboard.Api.SendAsync("quick", """{"temperature":2}""", "json");
        await visitor["#read-quick b"].Filter(new() { HasText = "2" }).WaitForAsync();

        var delays = new List<double>();
        for (var value = 100; value < 110; value++)
        {
            var sent = Stopwatch.StartNew();
            await _dashboard.Api.SendAsync("quick", $$"""{"temperature":{{value}}}""", "json");
            await visitor.Page.WaitForFunctionAsync("value => document.querySelector('#read-quick b')?.textContent === value", value.ToString(CultureInfo.InvariantCulture));
            delays.Add(sent.Elapsed.TotalMilliseconds);
        }

        delays.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"publish to page, ms: median {delays[5]:0}, worst {delays[^1]:0}");
    }

    /// <summary>What open pages cost the server; <c>--long</c> opens as many as the figure in docs/performance.md is of.</summary>
    [Fact]
    public async Task Open_pages_follow_a_thousand_messages_a_second()
    {
        const int devices = 30;
        var (pages, time) = Installation.IsLong ? (20, TimeSpan.FromSeconds(20)) : (4, TimeSpan.FromSeconds(3));
        foreach (var i in Enumerable.Range(0, devices))
            await _dashboard.Api.SendAsync($"busy-{i:00}", """{"temperature":1}""", "json");
        using var sending = new CancellationTokenSource();
        var value = 0;
        var sender = SendAsync();
        // The first is of a program that still compiles itself.
        await SpentAsync();
        var alone = await SpentAsync();
        var visitors = new List<Visitor>();
        for (var i = 0; i < pages; i++)
        {
            visitors.Add(await _dashboard.VisitAsync("/?q=busy"));
            await visitors[^1].LiveAsync();
        }

        var watched = await SpentAsync();
        await sending.CancelAsync();
        await sender;

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"server: {alone.Spent:P0} of a core at {alone.Rate:0} messages/s, {watched.Spent:P0} at {watched.Rate:0} with {pages} open pages of {devices} cards, of which those in view are live");
        foreach (var visitor in visitors)
        {
            await visitor["#read-busy-07 b"].Filter(new() { HasText = value.ToString("N0", CultureInfo.InvariantCulture) }).WaitForAsync();
            visitor.Complaints.ShouldBeEmpty();
            await visitor.DisposeAsync();
        }

        async Task SendAsync()
        {
            // A hundred messages ten times a second, as hubs send them.
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            do
            {
                value++;
                await _dashboard.Api.SendLinesAsync([.. Enumerable.Range(0, 100).Select(i => $$"""{"deviceId":"busy-{{i % devices:00}}","payload":{"temperature":{{value}}} }""")]);
            }
            while (!sending.IsCancellationRequested && await pace.WaitForNextTickAsync());
        }

        async Task<(double Spent, double Rate)> SpentAsync()
        {
            var (began, spent, sent) = (Stopwatch.GetTimestamp(), _dashboard.Program.ProcessorTime, value);
            using var span = new PeriodicTimer(time);
            await span.WaitForNextTickAsync();
            var elapsed = Stopwatch.GetElapsedTime(began);
            return ((_dashboard.Program.ProcessorTime - spent) / elapsed, (value - sent) * 100 / elapsed.TotalSeconds);
        }
    }
}

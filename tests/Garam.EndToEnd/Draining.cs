namespace Garam.EndToEnd;

public sealed class Draining
{
    [Fact]
    public async Task SIGTERM_at_load_exits_with_0_and_leaves_nothing_to_replay()
    {
        using var folder = new TemporaryFolder();
        var fleet = new Fleet();
        await using (var garam = await GaramProcess.StartAsync(folder["data"]))
        {
            await fleet.RegisterAsync(garam);
            using var stop = new CancellationTokenSource();
            var running = fleet.RunAsync(garam, stop.Token);
            await Until.TrueAsync(() => fleet.Acknowledged >= 5_000, "5,000 acknowledged");
            (await garam.TerminateAsync()).ShouldBe(0, garam.Errors);
            garam.Errors.ShouldNotContain("\"LogLevel\":\"Error\"");
            await stop.CancelAsync();
            await running;
        }

        await using var again = await GaramProcess.StartAsync(folder["data"]);
        var ledger = await again.Api.GetAsync("/api/v1/ledger");
        ledger.GetProperty("since_start").GetProperty("received").GetInt64().ShouldBe(0, "nothing was replayed");
        ledger.GetProperty("committed").GetInt64().ShouldBe(ledger.GetProperty("total").GetProperty("received").GetInt64());
        await fleet.ShouldBeStoredOnceAsync(again, "after the drain");
    }

    [Fact]
    public async Task SIGTERM_on_an_idle_node_exits_with_0_at_once()
    {
        using var folder = new TemporaryFolder();
        await using var garam = await GaramProcess.StartAsync(folder["data"]);
        using var stream = await garam.Api.Http.GetAsync("/api/v1/stream", HttpCompletionOption.ResponseHeadersRead);
        await using var client = await Mqtt.ConnectAsync(garam.MqttPort);
        using var device = await TcpDevice.HelloAsync(garam.TcpPort, "open-line");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        (await garam.TerminateAsync()).ShouldBe(0, garam.Errors);
        // It would be the thirty seconds that a drain may take.
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15), "open connections do not hold it");
    }
}

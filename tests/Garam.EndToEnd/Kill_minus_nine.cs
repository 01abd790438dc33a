namespace Garam.EndToEnd;

public sealed class Kill_minus_nine(ITestOutputHelper output)
{
    /// <summary>The promise is 5 s on an idle machine; this only tells a start that hangs from one that waits for the processor.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(20);

    /// <summary>For what the writers do at full speed in a few seconds.</summary>
    private static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(1);

    private static readonly int Rounds = Installation.IsLong ? 20 : 5;

    [Fact]
    public async Task At_load_loses_nothing_acknowledged_and_stores_nothing_twice_round_after_round()
    {
        var random = Seeded();
        using var folder = new TemporaryFolder();
        var fleet = new Fleet();
        var garam = await GaramProcess.StartAsync(folder["data"]);
        try
        {
            await fleet.RegisterAsync(garam);
            for (var round = 1; round <= Rounds; round++)
            {
                await LoadAndKillAsync(fleet, garam, random.Next(2_000, 10_000));
                await garam.DisposeAsync();
                garam = await GaramProcess.StartAsync(folder["data"]);
                output.WriteLine($"round {round}: {fleet.Acknowledged} acknowledged so far, ready after {garam.ReadyAfter.TotalMilliseconds:0} ms");
                garam.ReadyAfter.ShouldBeLessThan(ReadyLimit);
                await fleet.ShouldBeStoredOnceAsync(garam, $"round {round}");
            }
        }
        finally
        {
            await garam.DisposeAsync();
        }
    }

    [Fact]
    public async Task Again_and_again_while_it_replays_changes_nothing()
    {
        var random = Seeded();
        using var folder = new TemporaryFolder();
        var fleet = new Fleet();
        var garam = await GaramProcess.StartAsync(folder["data"]);
        try
        {
            await fleet.RegisterAsync(garam);
            await LoadAndKillAsync(fleet, garam, 20_000);
            for (var again = 0; again < 3; again++)
            {
                await garam.DisposeAsync();
                garam = await GaramProcess.StartUnreadyAsync(folder["data"]);
                var replayed = random.Next(0, 10_000);
                await Until.ReadsAsync(garam.Api.LedgerAsync, l => l.Stored >= replayed, "some of the log is replayed", LoadLimit);
                await garam.KillAsync();
            }

            await garam.DisposeAsync();
            garam = await GaramProcess.StartAsync(folder["data"]);
            await fleet.ShouldBeStoredOnceAsync(garam, "after three kills during replay");
        }
        finally
        {
            await garam.DisposeAsync();
        }
    }

    private static async Task LoadAndKillAsync(Fleet fleet, GaramProcess garam, int acknowledged)
    {
        using var stop = new CancellationTokenSource();
        var before = fleet.Acknowledged;
        var running = fleet.RunAsync(garam, stop.Token);
        await Until.TrueAsync(() => fleet.Acknowledged >= before + acknowledged || running.IsCompleted, $"{acknowledged} acknowledged", LoadLimit);
        running.IsCompleted.ShouldBeFalse($"the writers stopped by themselves: {garam.Errors}");
        await garam.KillAsync();
        await stop.CancelAsync();
        await running;
    }

    private Random Seeded()
    {
        var seed = Environment.GetEnvironmentVariable("GARAM_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        output.WriteLine($"seed {seed} (GARAM_SEED repeats it)");
        return new Random(seed);
    }
}

using Garam.Bench.Load;
using Garam.Bench.Servers;

namespace Garam.Tests.Bench;

public sealed class Load_generator_against_Mosquitto_Tests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Everything_sent_is_acknowledged_in_order_and_reaches_the_subscriber()
    {
        using var folder = ScratchFolder.In(Path.GetTempPath());
        await using var server = await StartAsync(folder);
        using var subscriber = new CountingSubscriber(new SubscriberOptions { Port = server.Port });
        var counting = Task.Factory.StartNew(subscriber.Run, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await subscriber.Granted.Task.WaitAsync(Limit);

        // 30 devices on 10 connections, and more messages than packet ids, so that those go round.
        var report = LoadGenerator.Run(
            Options(server.Port) with { Connections = 10, Devices = 30, MessagesPerDevice = 2_500, Duration = TimeSpan.FromMinutes(1) }, default);

        report.Sent.ShouldBe(75_000);
        report.Acknowledged.ShouldBe(75_000);
        report.OutOfOrder.ShouldBe(0);
        report.Lost.ShouldBe(0);
        await UntilAsync(() => subscriber.Progress.Received == 75_000);
        subscriber.Dispose();
        await counting.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_timetable_keeps_its_rate_and_measures_every_message()
    {
        using var folder = ScratchFolder.In(Path.GetTempPath());
        await using var server = await StartAsync(folder);

        var report = LoadGenerator.Run(
            Options(server.Port) with { Connections = 10, Devices = 10, Rate = 500, Duration = TimeSpan.FromSeconds(2) }, default);

        report.Sent.ShouldBeInRange(900, 1_001);
        report.MeasuredAcknowledged.ShouldBe(report.MeasuredSent);
        report.P50Ms.ShouldBeGreaterThan(0);
        report.P99Ms.ShouldBeGreaterThanOrEqualTo(report.P50Ms);
    }

    [Fact]
    public async Task A_broker_that_is_killed_ends_the_run_with_what_was_acknowledged()
    {
        using var folder = ScratchFolder.In(Path.GetTempPath());
        await using var server = await StartAsync(folder);
        var running = Task.Factory.StartNew(
            () => LoadGenerator.Run(Options(server.Port) with { Connections = 5, Devices = 5, Duration = TimeSpan.FromMinutes(1) }, default),
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await UntilAsync(() => ProcessCpu.Seconds(server.ProcessId) > 0.2);

        await server.DisposeAsync();
        var report = await running.WaitAsync(Limit);

        report.Lost.ShouldBe(5);
        report.Acknowledged.ShouldBeInRange(1, report.Sent);
        report.AcknowledgedByConnection.Sum().ShouldBe(report.Acknowledged);
    }

    private static LoadOptions Options(int port) => new()
    {
        Port = port,
        WarmUp = TimeSpan.Zero,
        FirstTime = DateTimeOffset.UtcNow.AddHours(-1),
    };

    private static async Task<MosquittoServer> StartAsync(ScratchFolder folder)
    {
        Assert.SkipWhen(MosquittoServer.Path is null, "mosquitto is not installed (apt-get install mosquitto)");
        return await MosquittoServer.StartAsync(folder.Path, TestContext.Current.CancellationToken);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            TimeProvider.System.GetElapsedTime(begin).ShouldBeLessThan(Limit);
            await Task.Yield();
        }
    }
}

using System.Diagnostics;
using Garam.Bench.Flushes;
using Garam.Bench.Load;
using Garam.Bench.Output;
using Garam.Bench.Servers;

namespace Garam.Bench.Ingest;

/// <summary>
/// Garam against Mosquitto on the same machine in the same minutes: the same generator, the same messages, run by run in
/// turn. Garam acknowledges, makes durable, decodes and stores; Mosquitto routes to one subscriber. Each run starts a fresh
/// server on an empty folder.
/// </summary>
internal sealed class IngestBench(IngestOptions options)
{
    /// <summary>How long the peer may take to finish what it acknowledged.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(2);

    /// <summary>Device clocks start here: they outrun real time in a closed loop and must not reach the future.</summary>
    private static readonly TimeSpan ClockHeadStart = TimeSpan.FromHours(1);

    private static readonly TimeSpan FlushDuration = TimeSpan.FromSeconds(1);

    /// <summary>A single message, and group commits of the sizes that full load makes.</summary>
    private static readonly int[] FlushSizes = [4 << 10, 64 << 10, 256 << 10, 1 << 20];

    /// <exception cref="BenchException">The environment is not ready.</exception>
    public async Task<IngestReport> RunAsync(CancellationToken cancellation)
    {
        var runs = new List<IngestRun>();
        if (options.Url is not null)
        {
            for (var run = 1; run <= options.Runs; run++)
                runs.Add(await Said(run, RunRunningAsync(options.Url, cancellation)));
            return new IngestReport(options, runs, []);
        }

        for (var run = 1; run <= options.Runs; run++)
        {
            runs.Add(await Said(run, RunGaramAsync("garam", null, cancellation)));
            if (options.WithMosquitto)
                runs.Add(await Said(run, RunMosquittoAsync(cancellation)));
        }

        using var folder = ScratchFolder.In(options.Folder);
        var flushes = FlushSizes.Select(bytes => FlushLoop.Run(folder.Path, bytes, FlushDuration)).ToList();
        return new IngestReport(options, runs, flushes) { Ratio = Ratio(runs) };
    }

    private static double? Ratio(List<IngestRun> runs)
    {
        var ratio = Median(runs, "garam") / Median(runs, "mosquitto");
        return double.IsFinite(ratio) ? ratio : null;
    }

    private static double Median(IEnumerable<IngestRun> runs, string peer) =>
        Figure.Median(runs.Where(run => run.Peer == peer).Select(run => run.DeliveredPerSecond));

    /// <summary>One run against a fresh node.</summary>
    /// <param name="peer">What the run is called.</param>
    /// <param name="prepare">What is done to the node before the load; null for nothing.</param>
    internal async Task<IngestRun> RunGaramAsync(string peer, Func<GaramServer, Task>? prepare, CancellationToken cancellation)
    {
        using var folder = ScratchFolder.In(options.Folder);
        await using var server = await GaramServer.StartAsync(folder.Path, cancellation);
        await server.RegisterAsync(options.Connections, options.Product, cancellation);
        if (prepare is not null)
            await prepare(server);

        // What is acknowledged may be stored later: nothing of the warm-up is left over when the clock starts.
        var warmUp = Closed(server.MqttPort, null) with { WarmUp = TimeSpan.Zero, Duration = options.WarmUp };
        var warm = await LoadChild.RunAsync(warmUp, cancellation);
        await server.DrainedAsync(warm.Acknowledged, DrainLimit, cancellation);
        var load = await LoadChild.RunAsync(
            Closed(server.MqttPort, server.ProcessId) with { WarmUp = TimeSpan.Zero, FirstTime = warmUp.FirstTime, FirstSequence = warm.SentByConnection.Max() },
            cancellation);
        var loads = new List<LoadReport> { warm, load };
        var (ledger, drainedAt) = await server.DrainedAsync(loads.Sum(l => l.Acknowledged), DrainLimit, cancellation);
        var run = Measured(peer, load, drainedAt, server.ProcessId);
        if (Paced(server.MqttPort, warm, load) is { } pacedOptions)
        {
            var paced = await LoadChild.RunAsync(pacedOptions, cancellation);
            loads.Add(paced);
            (ledger, _) = await server.DrainedAsync(loads.Sum(l => l.Acknowledged), DrainLimit, cancellation);
            run = run with { Paced = paced };
        }

        return run with
        {
            Ledger = ledger,
            Defect = Defect(ledger, loads),
            DataBytes = folder.BytesOf("."),
            ResidentBytes = ProcessCpu.ResidentBytes(server.ProcessId),
        };
    }

    private async Task<IngestRun> RunMosquittoAsync(CancellationToken cancellation)
    {
        using var folder = ScratchFolder.In(options.Folder);
        await using var server = await MosquittoServer.StartAsync(folder.Path, cancellation);
        await using var subscriber = await SubscriberChild.StartAsync(new SubscriberOptions { Port = server.Port }, cancellation);

        var load = await LoadChild.RunAsync(Closed(server.Port, server.ProcessId) with { Window = options.MosquittoWindow }, cancellation);
        var delivered = await subscriber.ReceivedAsync(load.Acknowledged, DrainLimit, cancellation);
        var run = Measured("mosquitto", load, delivered.LastReceivedAt, server.ProcessId);
        if (Paced(server.Port, load) is { } paced)
            run = run with { Paced = await LoadChild.RunAsync(paced, cancellation) };
        return run with { ResidentBytes = ProcessCpu.ResidentBytes(server.ProcessId) };
    }

    private async Task<IngestRun> RunRunningAsync(Uri url, CancellationToken cancellation)
    {
        var user = url.UserInfo.Split(':', 2);
        LoadOptions For(LoadOptions load) => load with
        {
            Host = url.Host,
            User = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        var port = url.Port > 0 ? url.Port : 1883;
        var load = await LoadChild.RunAsync(For(Closed(port, null)), cancellation);
        var run = Measured(url.Authority, load, load.LastAcknowledgedAt, null);
        if (Paced(port, load) is { } paced)
            run = run with { Paced = await LoadChild.RunAsync(For(paced), cancellation) };
        return run;
    }

    private LoadOptions Closed(int port, int? watch) => new()
    {
        Port = port,
        Connections = options.Connections,
        Devices = options.Connections,
        PayloadBytes = options.PayloadBytes,
        Window = options.Window,
        WarmUp = options.WarmUp,
        Duration = options.Duration,
        FirstTime = DateTimeOffset.UtcNow - ClockHeadStart,
        Watch = watch is { } id ? [id] : [],
    };

    /// <summary>The latency run goes on where the closed loop ended, so that no device sends a time twice.</summary>
    private LoadOptions? Paced(int port, params ReadOnlySpan<LoadReport> before)
    {
        var sent = 0L;
        foreach (var load in before)
            sent += load.SentByConnection.Max();
        return options.Rate <= 0 ? null : Closed(port, null) with
        {
            Rate = options.Rate,
            FirstTime = DateTimeOffset.UtcNow - ClockHeadStart / 2 - TimeSpan.FromMilliseconds(sent),
            FirstSequence = sent,
            Step = TimeSpan.FromMilliseconds(1),
        };
    }

    private static IngestRun Measured(string peer, LoadReport load, long endedAt, int? processId)
    {
        var seconds = Stopwatch.GetElapsedTime(load.MeasureStartedAt, Math.Max(endedAt, load.LastAcknowledgedAt)).TotalSeconds;
        var cpu = processId is { } id && load.WatchedCpuSecondsAtStart is [var start] ? ProcessCpu.Seconds(id) - start : double.NaN;
        return new IngestRun
        {
            Peer = peer,
            Load = load,
            DeliveredPerSecond = load.MeasuredAcknowledged / seconds,
            ServerCpuMicroseconds = cpu * 1e6 / load.MeasuredAcknowledged,
            GeneratorCpuMicroseconds = load.GeneratorCpuSeconds * 1e6 / load.MeasuredSent,
        };
    }

    /// <summary>
    /// Everything acknowledged must have been received, and nothing that was never sent; the sum of the ledger must hold.
    /// </summary>
    private static string? Defect(Ledger ledger, List<LoadReport> loads)
    {
        var sent = loads.Sum(l => l.Sent);
        var acknowledged = loads.Sum(l => l.Acknowledged);
        if (!ledger.IsBalanced)
            return $"the ledger does not balance: {ledger}";
        if (ledger.Received < acknowledged || ledger.Received > sent)
            return $"{acknowledged} of {sent} messages were acknowledged, but {ledger.Received} received";
        if (ledger.Dead > 0 || ledger.Duplicate > 0 || ledger.Filtered > 0)
            return $"not every message was stored: {ledger}";
        if (loads.Sum(l => l.OutOfOrder) is > 0 and var outOfOrder)
            return $"{outOfOrder} acknowledgements came out of order";
        return loads.Sum(l => l.Lost) is > 0 and var lost ? $"{lost} connections were lost" : null;
    }

    private static async Task<IngestRun> Said(int number, Task<IngestRun> running)
    {
        var run = await running;
        BenchOutput.Step(
            $"run {number}, {run.Peer}: {Figure.Count(run.Load.AcknowledgedPerSecond)} acknowledged/s, {Figure.Count(run.DeliveredPerSecond)} stored or delivered/s"
            + (run.Defect is null ? "" : $"; DEFECT: {run.Defect}"));
        return run;
    }
}

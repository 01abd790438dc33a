using System.Diagnostics;
using System.Globalization;
using Garam.Bench.Load;
using Garam.Bench.Output;
using Garam.Bench.Rules;
using Garam.Bench.Servers;

namespace Garam.Bench.Alarms;

/// <summary>
/// From a message to its alarm on the event stream, while other devices send on a timetable and rules judge them. The acknowledgement of the same
/// message is measured beside it: what an alarm takes longer than that is judging, committing and telling it.
/// </summary>
internal sealed class AlarmBench(AlarmBenchOptions options)
{
    private const string Ruleset = """
        ruleset: bench-alarms
        product: bench-telemetry
        version: 1
        rules:
          - id: hot
            type: threshold
            when: "temperature > 100"
            severity: high

        """;

    private static readonly TimeSpan ClockHeadStart = TimeSpan.FromHours(1);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(20);

    /// <exception cref="BenchException">The environment is not ready.</exception>
    public async Task<AlarmBenchReport> RunAsync(CancellationToken cancellation)
    {
        using var folder = ScratchFolder.In(options.Folder);
        await using var server = await GaramServer.StartAsync(folder.Path, cancellation);
        await server.RegisterAsync(options.Devices, BenchProduct.Id, cancellation);
        await server.Api.RegisterAsync(Enumerable.Range(0, options.Alarms).Select(HotDevices.DeviceId), BenchProduct.Id, cancellation);
        await server.Api.PutRulesetAsync("bench-alarms", Ruleset, cancellation);
        if (options.Rules > 0)
            await server.Api.PutRulesetAsync(BenchRuleset.Id, BenchRuleset.Of(options.Rules), cancellation);

        BenchOutput.Step($"{Figure.Count(options.Alarms)} alarms while {Figure.Count(options.Devices)} devices send {Figure.Count(options.Rate)} messages a second");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var load = LoadChild.RunAsync(Paced(server.MqttPort), cancellation);
        using var hot = new HotDevices(server.MqttPort, options.Alarms);
        var watch = new AlarmWatch(options.Alarms);
        var opened = new TaskCompletionSource();
        var watching = watch.ReadAsync(server.Api, opened, ending.Token);
        await await Task.WhenAny(opened.Task, watching);
        await Task.Delay(options.WarmUp, cancellation);
        var reading = hot.ReadAsync(ending.Token);
        await hot.SendAsync(options.AlarmRate, cancellation);
        ending.CancelAfter(Late);
        await Task.WhenAll(Ended(watching), Ended(reading));
        return Report(hot, watch, await load);

        async Task Ended(Task task)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (task.IsFaulted)
                await task;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public static BenchTable Table(AlarmBenchReport report)
    {
        var options = report.Options;
        var table = new BenchTable(
            string.Create(CultureInfo.InvariantCulture, $"{Figure.Count(options.Rate)} messages/s, {options.Rules} rules and one that raises; from the sending of the message that raises"),
            ["to", "p50 ms", "p90 ms", "p99 ms", "max ms"]);
        foreach (var (name, figures) in new[] { ("its acknowledgement", report.Acknowledged), ("its alarm on the event stream", report.Visible) })
            table.Add(name, Figure.Decimal(figures.P50Ms), Figure.Decimal(figures.P90Ms), Figure.Decimal(figures.P99Ms), Figure.Decimal(figures.MaxMs));
        table.Notes.Add($"{Figure.Count(report.Raised)} of {Figure.Count(options.Alarms)} alarms; the other devices' acknowledgements: p50 {Figure.Decimal(report.Load.P50Ms)} ms, p99 {Figure.Decimal(report.Load.P99Ms)} ms.");
        return table;
    }

    private AlarmBenchReport Report(HotDevices hot, AlarmWatch watch, LoadReport load)
    {
        var (acknowledged, visible) = (new LatencyHistogram(), new LatencyHistogram());
        for (var device = 0; device < options.Alarms; device++)
        {
            if (hot.AcknowledgedAt(device) is > 0 and var acknowledgedAt)
                acknowledged.Record(Nanoseconds(hot.SentAt(device), acknowledgedAt));
            if (watch.SeenAt(HotDevices.DeviceId(device)) is > 0 and var seenAt)
                visible.Record(Nanoseconds(hot.SentAt(device), seenAt));
        }

        return new AlarmBenchReport(options, load, (int)visible.Count, LatencyFigures.Of(acknowledged), LatencyFigures.Of(visible));
    }

    private static long Nanoseconds(long from, long to) => (long)Stopwatch.GetElapsedTime(from, to).TotalNanoseconds;

    private LoadOptions Paced(int port) => new()
    {
        Port = port,
        Connections = Math.Min(100, options.Devices),
        Devices = options.Devices,
        Rate = options.Rate,
        WarmUp = options.WarmUp,
        Duration = options.Duration,
        FirstTime = DateTimeOffset.UtcNow - ClockHeadStart,
    };
}

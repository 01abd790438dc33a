using System.Diagnostics;
using System.Globalization;
using Garam.Bench.Load;
using Garam.Bench.Output;
using Garam.Bench.Servers;

namespace Garam.Bench.Query;

/// <summary>
/// Fills an instance through its own MQTT port (days of points of one device, one reading of each of many), then times the
/// requests a page would make, one after the other, beside a request that does nothing.
/// </summary>
internal sealed class QueryBench(QueryOptions options)
{
    private const int WarmUps = 30;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(1);

    /// <exception cref="BenchException">The environment is not ready, or the data did not arrive.</exception>
    public async Task<IReadOnlyList<QueryTiming>> RunAsync(CancellationToken cancellation)
    {
        using var folder = ScratchFolder.In(options.Folder);
        await using var server = await GaramServer.StartAsync(folder.Path, cancellation);
        BenchOutput.Step($"registering {Figure.Count(options.Devices)} devices");
        await server.RegisterAsync(options.Devices, BenchProduct.Id, cancellation);

        BenchOutput.Step("sending the points");
        var now = DateTimeOffset.UtcNow;
        var points = options.Days * 24 * 60;
        var history = Fill(server) with { Devices = 1, MessagesPerDevice = points, Step = Minute, FirstTime = now - points * Minute };
        var newest = Fill(server) with
        {
            Devices = options.Devices,
            MessagesPerDevice = 1,
            FirstSequence = points,
            FirstTime = now - TimeSpan.FromMilliseconds(points),
        };
        var acknowledged = (await LoadChild.RunAsync(history, cancellation)).Acknowledged + (await LoadChild.RunAsync(newest, cancellation)).Acknowledged;
        var (ledger, _) = await server.DrainedAsync(acknowledged, DrainLimit, cancellation);
        if (ledger.Stored != points + options.Devices)
            throw new BenchException($"{points + options.Devices} messages should be stored, but the ledger says {ledger}.");

        var device = BenchTopics.DeviceId(0);
        var from = GaramApi.Iso(now - points * Minute);
        var to = GaramApi.Iso(now + Minute);
        var all = (points + 10).ToString(CultureInfo.InvariantCulture);
        (string Name, string Path)[] requests =
        [
            ("/healthz", "healthz"),
            ($"{options.Days} days, 1-minute steps, every point", $"api/v1/devices/{device}/telemetry?metrics=temperature&step=1m&from={from}&to={to}&maxPoints={all}"),
            ($"{options.Days} days, 1-minute steps, reduced to 3,000", $"api/v1/devices/{device}/telemetry?metrics=temperature&step=1m&from={from}&to={to}"),
            ($"{options.Days} days, raw", $"api/v1/devices/{device}/telemetry?metrics=temperature&step=raw&from={from}&to={to}&maxPoints={all}"),
            ($"newest of {Figure.Count(options.Devices)} devices", $"api/v1/latest?limit={options.Devices.ToString(CultureInfo.InvariantCulture)}"),
            ("newest of one device", $"api/v1/devices/{device}/latest"),
        ];
        var timings = new List<QueryTiming>();
        foreach (var (name, path) in requests)
            timings.Add(await TimeAsync(server.Api, name, path, cancellation));
        return timings;
    }

    public static BenchTable Table(IReadOnlyList<QueryTiming> timings)
    {
        var table = new BenchTable("Requests over REST, one after the other", ["request", "p50 ms", "p95 ms", "max ms", "answer", "p50 / healthz"]);
        foreach (var timing in timings)
        {
            table.Add(
                timing.Name, Figure.Decimal(timing.P50Ms), Figure.Decimal(timing.P95Ms), Figure.Decimal(timing.MaxMs),
                Figure.Bytes(timing.Bytes), Figure.Decimal(timing.P50Ms / timings[0].P50Ms, 1));
        }

        return table;
    }

    private async Task<QueryTiming> TimeAsync(GaramApi api, string name, string path, CancellationToken cancellation)
    {
        BenchOutput.Step($"timing {name}");
        var histogram = new LatencyHistogram();
        var bytes = 0L;
        for (var request = -WarmUps; request < options.Requests; request++)
        {
            var begin = Stopwatch.GetTimestamp();
            bytes = await api.FetchAsync(path, cancellation);
            if (request >= 0)
                histogram.Record((long)Stopwatch.GetElapsedTime(begin).TotalNanoseconds);
        }

        return new QueryTiming(
            name, path, histogram.Quantile(0.5).TotalMilliseconds, histogram.Quantile(0.95).TotalMilliseconds, histogram.Max.TotalMilliseconds, bytes);
    }

    private static LoadOptions Fill(GaramServer server) => new()
    {
        Port = server.MqttPort,
        WarmUp = TimeSpan.Zero,
        Duration = TimeSpan.FromMinutes(5),
    };
}

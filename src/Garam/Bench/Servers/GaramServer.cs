using System.Diagnostics;
using System.Globalization;
using Garam.Bench.Load;

namespace Garam.Bench.Servers;

/// <summary>This program's own `up`, as a child on a data folder of its own.</summary>
internal sealed class GaramServer : IAsyncDisposable
{
    /// <summary>Longer than any start that would still be acceptable to report.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private GaramServer(ChildProcess process, int httpPort, int mqttPort)
    {
        _process = process;
        MqttPort = mqttPort;
        HttpPort = httpPort;
        Api = new GaramApi(new Uri($"http://127.0.0.1:{httpPort}/"));
    }

    public GaramApi Api { get; }

    public int MqttPort { get; }

    public int HttpPort { get; }

    public int ProcessId => _process.Id;

    /// <summary>From starting the process to the first positive answer of /readyz.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts and waits until it is ready.</summary>
    /// <exception cref="BenchException">It ends or is not ready in time; the message holds its output.</exception>
    public static async Task<GaramServer> StartAsync(string data, CancellationToken cancellation)
    {
        var (http, mqtt, tcp) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
        var begin = Stopwatch.GetTimestamp();
        var process = ChildProcess.StartSelf(
            ["up", "--data", data, "--http", Text(http), "--mqtt", Text(mqtt), "--tcp", Text(tcp), "--no-demo", "--packs", "fleet"]);
        var server = new GaramServer(process, http, mqtt);
        try
        {
            while (!await server.Api.IsReadyAsync(cancellation))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(begin) > ReadyLimit)
                    throw new BenchException($"Garam {(process.HasExited ? "ended at start" : "was not ready in time")}:\n{process.Output}");
                await Task.Delay(10, cancellation);
            }

            server.ReadyAfter = Stopwatch.GetElapsedTime(begin);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Registers the load generator's devices, with the benchmark's own product or one of the packs.</summary>
    public async Task RegisterAsync(int devices, string product, CancellationToken cancellation)
    {
        if (product == BenchProduct.Id)
            await Api.PutProductAsync(product, BenchProduct.Spec, cancellation);
        await Api.RegisterAsync(Enumerable.Range(0, devices).Select(BenchTopics.DeviceId), product, cancellation);
    }

    /// <summary>Waits until nothing is in flight and at least <paramref name="received"/> messages were counted.</summary>
    /// <returns>The ledger then, and the monotonic time at which it was asked for.</returns>
    /// <exception cref="BenchException">It takes longer than the limit.</exception>
    public async Task<(Ledger Ledger, long At)> DrainedAsync(long received, TimeSpan limit, CancellationToken cancellation)
    {
        var begin = Stopwatch.GetTimestamp();
        while (true)
        {
            var at = Stopwatch.GetTimestamp();
            var ledger = await Api.LedgerAsync(cancellation);
            if (ledger.InFlight == 0 && ledger.Received >= received)
                return (ledger, at);
            if (Stopwatch.GetElapsedTime(begin) > limit)
                throw new BenchException($"After {limit.TotalSeconds:0} s not everything is stored: {ledger}, {received} were acknowledged.\n{_process.Output}");
            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public Task<int> StopAsync(CancellationToken cancellation)
    {
        _process.Terminate();
        return _process.WaitAsync(cancellation);
    }

    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _process.DisposeAsync();
    }
}

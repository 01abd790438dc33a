using System.Diagnostics;
using System.Globalization;
using System.Text;
using Garam.Mqtt.Client;

namespace Garam.Simulate.Run;

/// <summary>One run of `simulate`: registers, connects, sends at the rate, waits for the last acknowledgements.</summary>
internal sealed class Simulation(SimulateOptions options)
{
    private const int MqttPort = 1883;
    private const int HttpPort = 8080;

    /// <summary>A broker that is slower than the rate slows the fleet at this many messages under way.</summary>
    private const int InflightMax = 1_000;

    /// <summary>Devices whose site is registered beforehand: one request each. A larger fleet is for load, not for looking at.</summary>
    private const int PlacedMax = 1_000;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    /// <returns>An <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var simulator = PackSimulators.Create(options.Pack, options.Devices, options.Profile, options.Seed);
        try
        {
            var unnamed = simulator.Devices.Where(device => device.NeedsRegistration).ToList();
            if (unnamed.Count > 0 && await DeviceRegistration.RegisterAsync(unnamed, Node(), options.Token, cancellation) is { } problem)
                return await FailedAsync(problem);
            var placed = simulator.Devices.Where(device => device.NeedsSite).Take(PlacedMax).ToList();
            if (placed.Count > 0 && await DeviceRegistration.RegisterAsync(placed, Node(), options.Token, cancellation) is { } unplaced)
                await Console.Error.WriteLineAsync($"{unplaced} Rules that look at a whole site will not see these devices together.");

            await using var client = new MqttClient(ClientOptions());
            await client.ConnectAsync(cancellation);
            return await SendAsync(simulator, client, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is IOException or MqttClientException or OperationCanceledException)
        {
            return await FailedAsync($"{options.Broker}: {error.Message}");
        }
    }

    private async Task<int> SendAsync(IPackSimulator simulator, MqttClient client, CancellationToken cancellation)
    {
        using var publishing = new AcknowledgedPublishing(client, InflightMax);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (options.Duration is { } duration)
            ending.CancelAfter(duration);
        var begin = Stopwatch.GetTimestamp();
        var fleet = new SimulatedFleet(simulator, options.Rate, TimeProvider.System);
        using var shown = new CancellationTokenSource();
        var progress = SimulateProgress.RunAsync(() => publishing.Figures, shown.Token);
        try
        {
            await fleet.RunAsync((topic, payload) => publishing.PublishAsync(topic, payload, ending.Token), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The time is over while a message waited for room.
        }
        finally
        {
            await publishing.DrainAsync(DrainLimit);
            await shown.CancelAsync();
            await progress;
            SimulateProgress.Summary(publishing.Figures, Stopwatch.GetElapsedTime(begin));
        }

        if (cancellation.IsCancellationRequested)
            return ExitCode.Interrupted;
        var figures = publishing.Figures;
        return figures.Acknowledged == figures.Sent ? ExitCode.Done : ExitCode.Environment;
    }

    private Uri Node() => options.Http ?? new UriBuilder("http", options.Broker.Host, HttpPort).Uri;

    private MqttClientOptions ClientOptions()
    {
        var user = options.Broker.UserInfo.Split(':', 2);
        return new MqttClientOptions
        {
            Host = options.Broker.Host,
            Port = options.Broker.Port > 0 ? options.Broker.Port : MqttPort,
            ClientId = string.Create(CultureInfo.InvariantCulture, $"garam-simulate-{options.Pack}-{Environment.ProcessId}"),
            UserName = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user[1])) : null,
            InflightWindow = InflightMax,
            ReconnectDelayMax = TimeSpan.FromSeconds(2),
        };
    }

    private static async Task<int> FailedAsync(string problem)
    {
        await Console.Error.WriteLineAsync(problem);
        return ExitCode.Environment;
    }
}

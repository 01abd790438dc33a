using System.CommandLine;
using Garam.Bench.Load;

namespace Garam.Bench.Ingest;

/// <summary>`garam bench ingest`.</summary>
internal static class IngestCommand
{
    public static Command Create()
    {
        var defaults = new IngestOptions();
        var connections = new Option<int>("--connections") { Description = "MQTT connections, one device each (1 to 10000)", DefaultValueFactory = _ => defaults.Connections };
        var payload = new Option<int>("--payload") { Description = $"bytes of a message's JSON, at least {TelemetryPacket.PayloadBytesMin}", DefaultValueFactory = _ => defaults.PayloadBytes };
        var window = new Option<int>("--window") { Description = "unacknowledged messages a connection may have (1 to 16384)", DefaultValueFactory = _ => defaults.Window };
        var duration = DurationOption.Create("--for", defaults.Duration, "how long each measurement runs");
        var warmUp = DurationOption.Create("--warm-up", defaults.WarmUp, "how long each run is loaded before measuring");
        var peer = new Option<string>("--peer") { Description = "what runs beside Garam: mosquitto or none", DefaultValueFactory = _ => "mosquitto" };
        var url = new Option<Uri?>("--url") { Description = "measure this running broker instead, mqtt://[user:password@]host[:port]", CustomParser = result => Simulate.SimulateCommand.UrlOf(result, "mqtt") };
        var rate = new Option<double>("--rate") { Description = "msgs/s of the latency run; 0 leaves it out", DefaultValueFactory = _ => defaults.Rate };
        var runs = new Option<int>("--runs") { Description = "runs of each peer, in turn; the median is shown", DefaultValueFactory = _ => defaults.Runs };
        var product = new Option<string>("--product") { Description = "product of the devices", DefaultValueFactory = _ => defaults.Product };
        var folder = BenchCommand.FolderOption();
        var json = BenchCommand.JsonOption();
        peer.AcceptOnlyFromAmong("mosquitto", "none");
        BenchCommand.Between(connections, 1, 10_000);
        BenchCommand.Between(payload, TelemetryPacket.PayloadBytesMin, 200_000);
        BenchCommand.Between(window, 1, 16_384);
        BenchCommand.Between(runs, 1, 100);

        var command = new Command("ingest", "MQTT QoS 1 from the wire to the store, against Mosquitto in the same minutes.")
        {
            connections, payload, window, duration, warmUp, peer, url, rate, runs, product, folder, json,
        };
        command.SetAction((arguments, cancellation) =>
        {
            var options = new IngestOptions
            {
                Connections = arguments.GetValue(connections),
                PayloadBytes = arguments.GetValue(payload),
                Window = arguments.GetValue(window),
                Duration = arguments.GetValue(duration),
                WarmUp = arguments.GetValue(warmUp),
                WithMosquitto = arguments.GetValue(peer) == "mosquitto",
                Url = arguments.GetValue(url),
                Rate = arguments.GetValue(rate),
                Runs = arguments.GetValue(runs),
                Product = arguments.GetRequiredValue(product),
                Folder = arguments.GetRequiredValue(folder).FullName,
            };
            return BenchRun.ExitCodeAsync(
                arguments.GetValue(json),
                () => new IngestBench(options).RunAsync(cancellation),
                report => (IngestTable.Of(report), report.Runs.All(run => run.Defect is null)),
                cancellation);
        });
        return command;
    }
}

using Garam.Bench.Load;
using Garam.Bench.Output;
using Garam.Bench.Servers;

namespace Garam.Bench.Storage;

/// <summary>
/// Sends regular series (one reading every ten seconds of device time, values of no, one and two decimals that wander as a
/// sensor's do), stops in order, and divides what is on the disk by the samples.
/// </summary>
internal sealed class StorageBench(int devices, int messagesPerDevice, string parent)
{
    private const int Payload = 200;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    /// <exception cref="BenchException">The environment is not ready, or the data did not arrive.</exception>
    public async Task<StorageReport> RunAsync(CancellationToken cancellation)
    {
        using var folder = ScratchFolder.In(parent);
        await using var server = await GaramServer.StartAsync(folder.Path, cancellation);
        await server.RegisterAsync(devices, BenchProduct.Id, cancellation);
        var messages = (long)devices * messagesPerDevice;
        BenchOutput.Step($"sending {Figure.Count(messages)} messages");
        var load = await LoadChild.RunAsync(
            new LoadOptions
            {
                Port = server.MqttPort,
                Devices = devices,
                PayloadBytes = Payload,
                WarmUp = TimeSpan.Zero,
                Duration = TimeSpan.FromMinutes(30),
                MessagesPerDevice = messagesPerDevice,
                Step = Step,
                FirstTime = DateTimeOffset.UtcNow - messagesPerDevice * Step,
            },
            cancellation);
        var (ledger, _) = await server.DrainedAsync(load.Acknowledged, DrainLimit, cancellation);
        if (ledger.Stored != messages)
            throw new BenchException($"{messages} messages should be stored, but the ledger says {ledger}.");
        var log = folder.BytesOf("log");
        await server.StopAsync(cancellation);
        return new StorageReport(messages, messages * (TelemetryPacket.Metrics.Count - 1), folder.BytesOf("telemetry"), log, messages * Payload);
    }

    public static BenchTable Table(StorageReport report)
    {
        var table = new BenchTable(
            $"{Figure.Count(report.Messages)} messages, {Figure.Count(report.Samples)} samples", ["", "bytes", "bytes/sample", "bytes/message"]);
        void Row(string name, long bytes) => table.Add(
            name, Figure.Bytes(bytes), Figure.Decimal((double)bytes / report.Samples), Figure.Decimal((double)bytes / report.Messages, 1));
        Row("telemetry", report.TelemetryBytes);
        Row("raw log", report.LogBytes);
        Row("the JSON itself", report.PayloadBytes);
        table.Notes.Add("Telemetry counts everything the store keeps: chunks, roll-ups, index, and the sequence metric that is not counted as samples.");
        return table;
    }
}

using System.Globalization;
using Garam.Bench.Output;

namespace Garam.Bench.Ingest;

/// <summary>Puts the medians of an ingest report into a table.</summary>
internal static class IngestTable
{
    public static BenchTable Of(IngestReport report)
    {
        var options = report.Options;
        var table = new BenchTable(
            $"MQTT QoS 1, {options.PayloadBytes}-byte JSON, {options.Connections} connections {options.Duration.TotalSeconds:0} s, median of {options.Runs}",
            ["peer", "acked/s", "stored or delivered/s", "server µs/msg", "generator µs/msg", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "memory"]);
        foreach (var peer in report.Runs.GroupBy(run => run.Peer))
        {
            double Median(Func<IngestRun, double> figure) => Figure.Median(peer.Select(figure));
            table.Add(
                peer.Key,
                Figure.Count(Median(run => run.Load.AcknowledgedPerSecond)),
                Figure.Count(Median(run => run.DeliveredPerSecond)),
                Figure.Decimal(Median(run => run.ServerCpuMicroseconds)),
                Figure.Decimal(Median(run => run.GeneratorCpuMicroseconds)),
                Figure.Decimal(Median(run => run.Paced?.P50Ms ?? double.NaN)),
                Figure.Decimal(Median(run => run.Paced?.P99Ms ?? double.NaN)),
                Figure.Decimal(Median(run => run.Paced?.P999Ms ?? double.NaN)),
                Figure.Decimal(Median(run => run.Paced?.MaxMs ?? double.NaN)),
                Figure.Bytes(Median(run => run.ResidentBytes)));
        }

        table.Notes.Add($"In flight on each connection: {options.Window} to Garam, {options.MosquittoWindow} to Mosquitto, where each is at its best.");
        if (options.Rate > 0)
            table.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"Latencies: intended sending to PUBACK at a fixed {options.Rate:#,0} msgs/s."));
        if (report.Ratio is { } ratio)
            table.Notes.Add($"Garam stores {Figure.Decimal(ratio)} times what Mosquitto delivers to one subscriber.");
        foreach (var flush in report.Flushes)
            table.Notes.Add(
                $"Bare loop, {flush.Bytes >> 10} KiB + fdatasync: {Figure.Count(flush.FlushesPerSecond)} flushes/s, {Figure.Bytes(flush.BytesPerSecond)}/s.");
        foreach (var run in report.Runs.Where(run => run.DataBytes > 0).Take(1))
            table.Notes.Add($"Data folder after a run: {Figure.Bytes(run.DataBytes)} for {Figure.Count(run.Ledger?.Received ?? 0)} messages.");
        foreach (var run in report.Runs.Where(run => run.Defect is not null))
            table.Notes.Add($"DEFECT ({run.Peer}): {run.Defect}.");
        return table;
    }
}

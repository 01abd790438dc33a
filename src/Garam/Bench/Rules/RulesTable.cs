using System.Globalization;
using Garam.Bench.Output;

namespace Garam.Bench.Rules;

/// <summary>Puts the medians of a rules report into a table.</summary>
internal static class RulesTable
{
    public static BenchTable Of(RulesReport report)
    {
        var options = report.Options;
        var table = new BenchTable(
            $"MQTT QoS 1 to the store, {options.PayloadBytes}-byte JSON, {options.Connections} connections {options.Duration.TotalSeconds:0} s, median of {options.Runs}",
            ["judged by", "acked/s", "stored/s", "server µs/msg", "memory"]);
        foreach (var peer in report.Runs.GroupBy(run => run.Peer))
        {
            table.Add(
                peer.Key == RulesBench.With ? string.Create(CultureInfo.InvariantCulture, $"{report.Rules} rules, a third windowed") : peer.Key,
                Figure.Count(Figure.Median(peer.Select(run => run.Load.AcknowledgedPerSecond))),
                Figure.Count(Figure.Median(peer.Select(run => run.DeliveredPerSecond))),
                Figure.Decimal(Figure.Median(peer.Select(run => run.ServerCpuMicroseconds))),
                Figure.Bytes(Figure.Median(peer.Select(run => (double)run.ResidentBytes))));
        }

        table.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"With rules the node stores {report.Ratio * 100:0} % of what it stores without."));
        foreach (var run in report.Runs.Where(run => run.Defect is not null))
            table.Notes.Add($"DEFECT ({run.Peer}): {run.Defect}.");
        return table;
    }
}

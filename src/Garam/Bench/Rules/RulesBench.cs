using Garam.Bench.Ingest;
using Garam.Bench.Output;

namespace Garam.Bench.Rules;

/// <summary>Ingest with rules beside ingest without, run by run in turn: the same generator, the same messages, a fresh node each.</summary>
internal sealed class RulesBench(IngestOptions options, int rules)
{
    public const string Without = "no rules";
    public const string With = "rules";

    /// <exception cref="Servers.BenchException">The environment is not ready, or the rules are refused.</exception>
    public async Task<RulesReport> RunAsync(CancellationToken cancellation)
    {
        var ingest = new IngestBench(options);
        var runs = new List<IngestRun>();
        for (var round = 1; round <= options.Runs; round++)
        {
            runs.Add(Said(round, await ingest.RunGaramAsync(Without, null, cancellation)));
            runs.Add(Said(round, await ingest.RunGaramAsync(
                With, server => server.Api.PutRulesetAsync(BenchRuleset.Id, BenchRuleset.Of(rules), cancellation), cancellation)));
        }

        return new RulesReport(options, rules, runs) { Ratio = Median(runs, With) / Median(runs, Without) };
    }

    private static double Median(List<IngestRun> runs, string peer) => Figure.Median(runs.Where(r => r.Peer == peer).Select(r => r.DeliveredPerSecond));

    private static IngestRun Said(int round, IngestRun run)
    {
        BenchOutput.Step($"round {round}, {run.Peer}: {Figure.Count(run.DeliveredPerSecond)} stored/s" + (run.Defect is null ? "" : $"; DEFECT: {run.Defect}"));
        return run;
    }
}

using System.CommandLine;
using Garam.Bench.Ingest;

namespace Garam.Bench.Rules;

/// <summary>`garam bench rules`.</summary>
internal static class RulesBenchCommand
{
    /// <summary>Until the runtime has compiled the rules for good; on a busy machine it takes that long to come to it.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var defaults = new IngestOptions();
        var rules = new Option<int>("--rules") { Description = "rules of the product, a third of them windowed (1 to 200)", DefaultValueFactory = _ => 50 };
        var connections = new Option<int>("--connections") { Description = "MQTT connections, one device each (1 to 10000)", DefaultValueFactory = _ => defaults.Connections };
        var duration = DurationOption.Create("--for", defaults.Duration, "how long each measurement runs");
        var warmUp = DurationOption.Create("--warm-up", WarmUp, "how long each run is loaded before measuring");
        var runs = new Option<int>("--runs") { Description = "rounds, each without rules and with; the median is shown", DefaultValueFactory = _ => defaults.Runs };
        var folder = BenchCommand.FolderOption();
        var json = BenchCommand.JsonOption();
        BenchCommand.Between(rules, 1, 200);
        BenchCommand.Between(connections, 1, 10_000);
        BenchCommand.Between(runs, 1, 100);

        var command = new Command("rules", "What judging by rules costs: ingest with them beside ingest without, in the same minutes.")
        {
            rules, connections, duration, warmUp, runs, folder, json,
        };
        command.SetAction((arguments, cancellation) =>
        {
            var options = defaults with
            {
                Connections = arguments.GetValue(connections),
                Duration = arguments.GetValue(duration),
                WarmUp = arguments.GetValue(warmUp),
                Runs = arguments.GetValue(runs),
                Rate = 0,
                Folder = arguments.GetRequiredValue(folder).FullName,
            };
            return BenchRun.ExitCodeAsync(
                arguments.GetValue(json),
                () => new RulesBench(options, arguments.GetValue(rules)).RunAsync(cancellation),
                report => (RulesTable.Of(report), report.Runs.All(run => run.Defect is null)),
                cancellation);
        });
        return command;
    }
}

using System.CommandLine;

namespace Garam.Bench.Startup;

/// <summary>`garam bench start`.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "how often", DefaultValueFactory = _ => 3 };
        var load = DurationOption.Create("--for", TimeSpan.FromSeconds(5), "how long it is loaded before it is killed");
        var folder = BenchCommand.FolderOption();
        var json = BenchCommand.JsonOption();
        BenchCommand.Between(runs, 1, 1000);
        var command = new Command("start", "Start to ready: empty folder, and after kill -9 at full load; idle memory.") { runs, load, folder, json };
        command.SetAction((arguments, cancellation) => BenchRun.ExitCodeAsync(
            arguments.GetValue(json),
            () => new StartBench(arguments.GetValue(runs), arguments.GetValue(load), arguments.GetRequiredValue(folder).FullName).RunAsync(cancellation),
            report => (StartBench.Table(report), true),
            cancellation));
        return command;
    }
}

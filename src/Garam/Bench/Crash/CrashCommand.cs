using System.CommandLine;

namespace Garam.Bench.Crash;

/// <summary>`garam bench crash`.</summary>
internal static class CrashCommand
{
    public static Command Create()
    {
        var times = new Option<int>("--times") { Description = "kills", DefaultValueFactory = _ => 20 };
        var connections = new Option<int>("--connections") { Description = "MQTT connections, one device each", DefaultValueFactory = _ => 100 };
        var seed = new Option<int>("--seed") { Description = "of the moments of the kills; a new one otherwise", DefaultValueFactory = _ => Random.Shared.Next() };
        var folder = BenchCommand.FolderOption();
        var json = BenchCommand.JsonOption();
        BenchCommand.Between(times, 1, 10_000);
        BenchCommand.Between(connections, 1, 10_000);
        var command = new Command("crash", "kill -9 at full load, repeatedly: every acknowledged reading is there, once.") { times, connections, seed, folder, json };
        command.SetAction((arguments, cancellation) => BenchRun.ExitCodeAsync(
            arguments.GetValue(json),
            () => new CrashBench(
                arguments.GetValue(times), arguments.GetValue(connections), arguments.GetValue(seed), arguments.GetRequiredValue(folder).FullName).RunAsync(cancellation),
            report => (CrashBench.Table(report), report.IsRight),
            cancellation));
        return command;
    }
}

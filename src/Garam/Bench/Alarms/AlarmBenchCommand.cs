using System.CommandLine;

namespace Garam.Bench.Alarms;

/// <summary>`garam bench alarms`.</summary>
internal static class AlarmBenchCommand
{
    public static Command Create()
    {
        var defaults = new AlarmBenchOptions();
        var rate = new Option<int>("--rate") { Description = "messages per second of the other devices (1 to 200000)", DefaultValueFactory = _ => (int)defaults.Rate };
        var rules = new Option<int>("--rules") { Description = "rules beside the one that raises (0 to 200)", DefaultValueFactory = _ => defaults.Rules };
        var alarms = new Option<int>("--alarms") { Description = "alarms per second (1 to 200)", DefaultValueFactory = _ => (int)defaults.AlarmRate };
        var duration = DurationOption.Create("--for", defaults.Duration, "how long alarms are raised");
        var warmUp = DurationOption.Create("--warm-up", defaults.WarmUp, "how long it is loaded before");
        var folder = BenchCommand.FolderOption();
        var json = BenchCommand.JsonOption();
        BenchCommand.Between(rate, 1, 200_000);
        BenchCommand.Between(rules, 0, 200);
        BenchCommand.Between(alarms, 1, 200);
        var command = new Command("alarms", "From a message to its alarm on the event stream, under load, beside the acknowledgement of the same message.")
        {
            rate, rules, alarms, duration, warmUp, folder, json,
        };
        command.SetAction((arguments, cancellation) =>
        {
            var options = defaults with
            {
                Rate = arguments.GetValue(rate),
                Rules = arguments.GetValue(rules),
                AlarmRate = arguments.GetValue(alarms),
                Duration = arguments.GetValue(duration),
                WarmUp = arguments.GetValue(warmUp),
                Folder = arguments.GetRequiredValue(folder).FullName,
            };
            return BenchRun.ExitCodeAsync(
                arguments.GetValue(json),
                () => new AlarmBench(options).RunAsync(cancellation),
                report => (AlarmBench.Table(report), report.Raised == options.Alarms),
                cancellation);
        });
        return command;
    }
}

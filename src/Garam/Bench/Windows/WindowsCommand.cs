using System.CommandLine;

namespace Garam.Bench.Windows;

/// <summary>`garam bench windows`.</summary>
internal static class WindowsCommand
{
    public static Command Create()
    {
        var devices = new Option<int>("--devices") { Description = "devices, each with ten windowed metrics (100 to 100000)", DefaultValueFactory = _ => 10_000 };
        var json = BenchCommand.JsonOption();
        BenchCommand.Between(devices, 100, 100_000);
        var command = new Command("windows", "Memory and cost of windows: ten of an hour on each device, a reading a second.") { devices, json };
        command.SetAction((arguments, cancellation) => BenchRun.ExitCodeAsync(
            arguments.GetValue(json),
            () => Task.Run(() => new WindowsBench(arguments.GetValue(devices)).Run(cancellation), cancellation),
            report => (WindowsBench.Table(report), true),
            cancellation));
        return command;
    }
}

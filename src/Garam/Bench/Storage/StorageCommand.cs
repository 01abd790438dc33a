using System.CommandLine;

namespace Garam.Bench.Storage;

/// <summary>`garam bench storage`.</summary>
internal static class StorageCommand
{
    public static Command Create()
    {
        var devices = new Option<int>("--devices") { Description = "devices", DefaultValueFactory = _ => 100 };
        var messages = new Option<int>("--messages") { Description = "messages of each device, one every 10 s of its time", DefaultValueFactory = _ => 10_000 };
        var folder = BenchCommand.FolderOption();
        var json = BenchCommand.JsonOption();
        BenchCommand.Between(devices, 1, 10_000);
        // Device time may go back 400 days before it is no longer believed.
        BenchCommand.Between(messages, 1, 3_000_000);
        var command = new Command("storage", "Bytes on disk for a sample of regular series.") { devices, messages, folder, json };
        command.SetAction((arguments, cancellation) => BenchRun.ExitCodeAsync(
            arguments.GetValue(json),
            () => new StorageBench(arguments.GetValue(devices), arguments.GetValue(messages), arguments.GetRequiredValue(folder).FullName).RunAsync(cancellation),
            report => (StorageBench.Table(report), true),
            cancellation));
        return command;
    }
}

using System.CommandLine;
using Garam.Bench.Alarms;
using Garam.Bench.Crash;
using Garam.Bench.Ingest;
using Garam.Bench.Load;
using Garam.Bench.Query;
using Garam.Bench.Rules;
using Garam.Bench.Startup;
using Garam.Bench.Storage;
using Garam.Bench.Windows;

namespace Garam.Bench;

/// <summary>`garam bench`: measurements that anyone can repeat, each against something that runs in the same minute.</summary>
public static class BenchCommand
{
    /// <summary>The command, to be added to the root.</summary>
    public static Command Create() => new("bench", "Measures this machine: one table, and --json FILE.")
    {
        IngestCommand.Create(),
        QueryBenchCommand.Create(),
        RulesBenchCommand.Create(),
        AlarmBenchCommand.Create(),
        WindowsCommand.Create(),
        StartCommand.Create(),
        StorageCommand.Create(),
        CrashCommand.Create(),
        LoadCommand.Create(),
        SubscribeCommand.Create(),
    };

    internal static Option<FileInfo?> JsonOption() => new("--json") { Description = "also write the figures to this file" };

    internal static Option<DirectoryInfo> FolderOption() => new("--folder")
    {
        Description = "where data folders are made and removed again; choose the disk to be measured",
        DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()),
    };

    internal static void Between(Option<int> option, int min, int max) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < min || value > max))
            result.AddError($"{option.Name} takes {min} to {max}, not {value}.");
    });
}

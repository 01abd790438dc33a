using System.CommandLine;

namespace Garam.Bench;

/// <summary>`garam bench`: measurements that anyone can repeat, each against something that runs in the same minute.</summary>
public static class BenchCommand
{
    /// <summary>The command, to be added to the root.</summary>
    public static Command Create() => new("bench", "Measures this machine: one table, and --json FILE.")
    {
        IngestCommand.Create(),
        LoadCommand.Create(),
        SubscribeCommand.Create(),
    };

    internal static Option<FileInfo?> JsonOption() => new("--json") { Description = "also write the figures to this file" };
}

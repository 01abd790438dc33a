using System.CommandLine;
using Garam.Hosting;
using Garam.Platform.Packs;
using Garam.Platform.Rules;

namespace Garam.Commands;

/// <summary><c>./garam check [PATH…]</c>: every spec, route file and ruleset; each problem as <c>file:line:column: what is wrong. What to do.</c></summary>
internal static class CheckCommand
{
    private static readonly Argument<string[]> Paths = new("path")
    {
        Description = "Packs or files (default: all packs)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command = new Command("check", "Checks packs and says what is wrong where.") { Paths };
        command.SetAction(result => Run(result.GetValue(Paths) is { Length: > 0 } paths ? paths : [PackRoot.Find("")]));
        return command;
    }

    /// <summary>Checks packs, folders and files; returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> paths)
    {
        var check = new PackCheck(PackSnapshot.Read(PackFolder.Find(PackRoot.Find(""), [], out _)), new RulesetCheck(InstalledPacks.Code));
        var files = 0;
        foreach (var path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                Console.Error.WriteLine($"{path}: there is no such file or folder. Name a pack, its folder or a file.");
                return ExitCode.Input;
            }

            files += check.Check(path);
        }

        foreach (var problem in check.Problems)
            Console.WriteLine(problem with { File = Shorten(problem.File) });
        foreach (var note in check.Notes)
            Console.Error.WriteLine(note with { File = Shorten(note.File) });
        Console.Error.WriteLine(check.Problems.Count == 0 ? $"{files} files, all right." : $"{files} files, {check.Problems.Count} problems.");
        return check.Problems.Count == 0 ? ExitCode.Done : ExitCode.Input;
    }

    private static string Shorten(string file)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }
}

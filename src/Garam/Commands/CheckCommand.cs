using System.CommandLine;
using Garam.Decoding.Specs;
using Garam.Hosting;
using Garam.Platform.Packs;

namespace Garam.Commands;

/// <summary><c>./garam check [PATH…]</c>: every spec and route file; each problem as <c>file:line:column: what is wrong. What to do.</c></summary>
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
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var paths = result.GetValue(Paths)!;
        if (paths.Length == 0)
            paths = [PackRoot.Find("")];
        var problems = new List<SpecProblem>();
        var files = 0;
        foreach (var path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                Console.Error.WriteLine($"{path}: there is no such file or folder. Name a pack, its folder or a file.");
                return ExitCode.Input;
            }

            files += PackCheck.Check(path, problems);
        }

        foreach (var problem in problems)
            Console.WriteLine(problem with { File = Shorten(problem.File) });
        Console.Error.WriteLine(problems.Count == 0 ? $"{files} files, all right." : $"{files} files, {problems.Count} problems.");
        return problems.Count == 0 ? ExitCode.Done : ExitCode.Input;
    }

    private static string Shorten(string file)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }
}

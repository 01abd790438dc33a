using System.Runtime.CompilerServices;

namespace Garam.Architecture;

/// <summary>The repository's own files, as a newcomer finds them: without what builds, editors and runs leave behind.</summary>
internal static class Repository
{
    private static readonly string[] Leftovers = ["bin", "obj", "artifacts", "node_modules", "data", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = List();

    public static IEnumerable<string> Under(string folder, string extension) =>
        Files.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(extension, StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    // The test program may be built far from the tree, so the place of this file is asked first.
    private static string FindRoot([CallerFilePath] string here = "")
    {
        string?[] starts = [Environment.GetEnvironmentVariable("GARAM_HOME"), Path.GetDirectoryName(here), AppContext.BaseDirectory, Environment.CurrentDirectory];
        foreach (var start in starts)
            for (var folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
                if (File.Exists(Path.Combine(folder, "Garam.slnx")))
                    return folder;
        throw new InvalidOperationException($"No Garam.slnx in or above any of: {string.Join(", ", starts)}");
    }

    private static List<string> List()
    {
        var found = new List<string>();
        var open = new Stack<string>([Root]);
        while (open.TryPop(out var folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder))
                found.Add(Path.GetRelativePath(Root, file).Replace('\\', '/'));
            foreach (var child in Directory.EnumerateDirectories(folder))
                if (Path.GetFileName(child) is var name && name[0] != '.' && !Leftovers.Contains(name))
                    open.Push(child);
        }
        found.Sort(StringComparer.Ordinal);
        return found;
    }
}

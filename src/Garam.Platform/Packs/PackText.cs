using Garam.Decoding.Specs;

namespace Garam.Platform.Packs;

/// <summary>Reads the text files of packs, bounded; what cannot be read is a problem.</summary>
internal static class PackText
{
    /// <summary>A spec or a ruleset is a few pages; a larger file is something else.</summary>
    private const long FileBytesMax = 1 << 20;

    public static string? Read(string file, List<SpecProblem> problems)
    {
        try
        {
            if (new FileInfo(file).Length <= FileBytesMax)
                return File.ReadAllText(file);
            problems.Add(new SpecProblem(file, 1, 1, $"the file is larger than {FileBytesMax} bytes", $"Split it, or move it out of the pack."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new SpecProblem(file, 1, 1, $"the file cannot be read ({e.Message})", $"Check its permissions."));
        }

        return null;
    }

    /// <summary>The files of a folder; those known before when it cannot be listed.</summary>
    public static IReadOnlyList<string> List(string folder, Func<IEnumerable<string>> files, IEnumerable<string> former, List<SpecProblem> problems)
    {
        try
        {
            return [.. files()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new SpecProblem(folder, 1, 1, $"the folder cannot be read ({e.Message})", $"Check that it is there, and its permissions."));
            return [.. former];
        }
    }
}

using Garam.Platform.Rules;

namespace Garam.Commands.Rules;

/// <summary>An argument that names a ruleset by its id or by a file.</summary>
/// <param name="Id">What the file says it is.</param>
internal sealed record RulesetArgument(string Id, string Text)
{
    /// <summary>Whether the argument is a file: ids have no dot before yaml and no slash.</summary>
    public static bool IsFile(string argument) =>
        File.Exists(argument) || argument.EndsWith(".yaml", StringComparison.Ordinal) || argument.Contains('/', StringComparison.Ordinal);

    /// <summary>Reads a file as far as its id is known; says on the standard error what is wrong and gives null when it cannot.</summary>
    public static RulesetArgument? Read(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file}: the file cannot be read ({e.Message}).");
            return null;
        }

        var parsed = RulesetFile.Parse(text, file);
        foreach (var problem in parsed.Problems)
            Console.Error.WriteLine(problem);
        return parsed.Definition is { } definition && parsed.Problems.Count == 0 ? new RulesetArgument(definition.Id, text) : null;
    }
}

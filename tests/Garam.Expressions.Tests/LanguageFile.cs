namespace Garam.Expressions.Tests;

/// <summary>
/// Reads the files of testdata, and the examples of the reference (its blocks marked <c>expressions</c>); their form is told in
/// testdata/README.md.
/// </summary>
internal sealed class LanguageFile
{
    /// <summary>Times of readings are counted from here: 2026-03-01T10:00:00Z.</summary>
    private const long StartUs = 1_772_359_200_000_000;

    private readonly List<LanguageName> _names = [];
    private readonly List<LanguageReading> _readings = [];
    private ExpressionDialect _dialect = ExpressionDialect.Garam;
    private long _timeUs;

    public static IReadOnlyList<LanguageCase> All { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "testdata")).Order()
            .Where(p => Path.GetFileName(p) != "README.md").SelectMany(Read)];

    public static Value Literal(string text)
    {
        var parsed = Expression.Parse(text);
        return parsed.Expression.ShouldNotBeNull($"`{text}` is no literal").Bind(new SymbolTable()).Program!.Evaluate(default);
    }

    private static IEnumerable<LanguageCase> Read(string path)
    {
        var file = new LanguageFile();
        var isInside = !path.EndsWith(".md", StringComparison.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isInside = line == "```expressions";
                file = new LanguageFile();
            }
            else if (isInside && file.Take(line, $"{Path.GetFileName(path)}:{number}") is { } test)
            {
                yield return test;
            }
        }
    }

    private LanguageCase? Take(string line, string place)
    {
        var (word, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
        if (line.Length == 0 || line.StartsWith('#'))
            return null;
        if (word == "dialect")
            _dialect = Enum.Parse<ExpressionDialect>(rest, ignoreCase: true);
        else if (word == "let")
            _names.Add(Name(rest));
        else if (word == "at")
            _timeUs = long.Parse(rest) * 1000;
        else if (word == "reading")
            _readings.Add(Reading(rest));
        else if (line.IndexOf(" => ", StringComparison.Ordinal) is var arrow and > 0)
            return new(place, _dialect, [.. _names], _timeUs, [.. _readings], line[..arrow].TrimEnd(), line[(arrow + 4)..].Trim());
        else
            throw new FormatException($"{place}: not a line of a language test");
        return null;
    }

    private static LanguageName Name(string definition)
    {
        var parts = definition.Split(" = ", 2);
        var name = parts[0].Trim('`');
        if (parts[1].StartsWith("missing ", StringComparison.Ordinal))
            return new(name, Enum.Parse<ExpressionType>(parts[1]["missing ".Length..], ignoreCase: true), Value.Missing);
        if (parts[1].StartsWith("any ", StringComparison.Ordinal))
            return new(name, ExpressionType.Any, Literal(parts[1]["any ".Length..]));
        var value = Literal(parts[1]);
        return new(name, Enum.Parse<ExpressionType>(value.Kind.ToString()), value);
    }

    private static LanguageReading Reading(string definition)
    {
        var parts = definition.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var timeUs = StartUs + (long)(Literal(parts[0]).Number * 1e6);
        return new(timeUs, parts[1..].Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Literal(p[1])));
    }
}

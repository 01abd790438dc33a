namespace Garam.Expressions.Tests;

/// <summary>Reads the files of testdata; their form is told in testdata/README.md.</summary>
internal static class LanguageFile
{
    public static IEnumerable<LanguageCase> All() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "testdata"), "*.txt").Order().SelectMany(Read);

    public static Value Literal(string text) =>
        Expression.Parse(text).Expression!.Bind(new SymbolTable()).Program!.Evaluate(default);

    private static IEnumerable<LanguageCase> Read(string path)
    {
        var dialect = ExpressionDialect.Garam;
        var names = new List<(string, ExpressionType, Value)>();
        long timeUs = 0;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var place = $"{Path.GetFileName(path)}:{number}";
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            if (line.StartsWith("dialect ", StringComparison.Ordinal))
                dialect = Enum.Parse<ExpressionDialect>(line["dialect ".Length..], ignoreCase: true);
            else if (line.StartsWith("let ", StringComparison.Ordinal))
                names.Add(Name(line["let ".Length..]));
            else if (line.StartsWith("at ", StringComparison.Ordinal))
                timeUs = long.Parse(line["at ".Length..]) * 1000;
            else if (line.IndexOf(" => ", StringComparison.Ordinal) is var arrow and > 0)
                yield return new(place, dialect, [.. names], timeUs, line[..arrow], line[(arrow + 4)..]);
            else
                throw new FormatException($"{place}: not a line of a language test");
        }
    }

    private static (string Name, ExpressionType Type, Value Value) Name(string definition)
    {
        var parts = definition.Split(" = ", 2);
        var name = parts[0].Trim('`');
        if (parts[1].StartsWith("missing ", StringComparison.Ordinal))
            return (name, Enum.Parse<ExpressionType>(parts[1]["missing ".Length..], ignoreCase: true), Value.Missing);
        if (parts[1].StartsWith("any ", StringComparison.Ordinal))
            return (name, ExpressionType.Any, Literal(parts[1]["any ".Length..]));
        var value = Literal(parts[1]);
        return (name, Enum.Parse<ExpressionType>(value.Kind.ToString()), value);
    }
}

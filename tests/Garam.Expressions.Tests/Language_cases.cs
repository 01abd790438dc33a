using Garam.Expressions.Windows;

namespace Garam.Expressions.Tests;

public class Language_cases
{
    public static TheoryData<string> Places => [.. LanguageFile.All.Select(c => c.Place)];

    [Theory]
    [MemberData(nameof(Places))]
    public void Case_gives_what_its_file_says(string place)
    {
        var test = LanguageFile.All.Single(c => c.Place == place);
        var symbols = new SymbolTable();
        foreach (var name in test.Names)
            symbols.Add(name.Name, name.Type);

        var (value, errors) = Run(test, symbols);

        if (!test.Expected.StartsWith("error ", StringComparison.Ordinal))
        {
            errors.ShouldBeEmpty(test.Expression);
            ShouldBe(value, LanguageFile.Literal(test.Expected), test.Expression);
            return;
        }

        var parts = test.Expected["error ".Length..].Split(": ", 2);
        errors.Select(e => e.ToString()).ShouldContain(
            e => e.StartsWith(parts[0] + ":", StringComparison.Ordinal) && e.Contains(parts[1]), $"{test.Expression}: {string.Join(" | ", errors)}");
    }

    private static (Value Value, IReadOnlyList<ExpressionError> Errors) Run(LanguageCase test, SymbolTable symbols)
    {
        var parsed = Expression.Parse(test.Expression, test.Dialect);
        if (parsed.Expression is null)
            return (default, parsed.Errors);
        var plan = new WindowPlan();
        var bound = parsed.Expression.Bind(new ExpressionScope(symbols) { Windows = plan });
        if (bound.Program is null)
            return (default, bound.Errors);
        Value[] slots = [.. test.Names.Select(n => n.Value)];
        var windows = new WindowSet(plan);
        foreach (var reading in test.Readings)
        {
            slots = [.. test.Names.Select(n => reading.Values.GetValueOrDefault(n.Name))];
            windows.Observe(reading.TimeUs, slots);
        }

        return (bound.Program.Evaluate(new EvaluationFrame(slots, test.TimeUs, windows)), []);
    }

    private static void ShouldBe(Value actual, Value expected, string expression)
    {
        actual.Kind.ShouldBe(expected.Kind, expression);
        if (expected.Kind is ValueKind.Number or ValueKind.Duration)
            actual.Number.ShouldBe(expected.Number, (Math.Abs(expected.Number) * 1e-12) + 1e-15, expression);
        else
            actual.ShouldBe(expected, expression);
    }
}

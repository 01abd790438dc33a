using Garam.Expressions.Windows;

namespace Garam.Expressions.Tests;

/// <summary>Windows over one metric x (and a second one, y), read by expressions.</summary>
internal sealed class WindowProbe
{
    private readonly CompiledExpression[] _programs;
    private readonly Value[] _slots = new Value[2];

    public WindowProbe(TimeSpan lateness, params string[] expressions)
    {
        Plan = new WindowPlan(lateness);
        var symbols = new SymbolTable();
        symbols.Add("x", ExpressionType.Number);
        symbols.Add("y", ExpressionType.Number);
        var scope = new ExpressionScope(symbols) { Windows = Plan };
        _programs = [.. expressions.Select(e => Bind(e, scope))];
        Set = new WindowSet(Plan);
    }

    public WindowPlan Plan { get; }

    public WindowSet Set { get; }

    public bool Observe(long timeUs, double x, double y = double.NaN)
    {
        _slots[0] = Value.Of(x);
        _slots[1] = Value.Of(y);
        return Set.Observe(timeUs, _slots);
    }

    public double Read(int program = 0, long timeUs = 0) =>
        _programs[program].Number(new EvaluationFrame(_slots, timeUs, Set));

    /// <summary>All programs, read from another set of the same plan.</summary>
    public double[] ReadFrom(WindowSet set) => [.. _programs.Select(p => p.Number(new EvaluationFrame(_slots, 0, set)))];

    private static CompiledExpression Bind(string text, ExpressionScope scope)
    {
        var bound = Expression.Parse(text).Expression.ShouldNotBeNull(text).Bind(scope);
        return bound.Program.ShouldNotBeNull(string.Join(" | ", bound.Errors));
    }
}

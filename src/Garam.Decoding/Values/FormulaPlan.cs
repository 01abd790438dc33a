using Garam.Expressions;

namespace Garam.Decoding.Values;

/// <summary>
/// A compiled formula: <c>x</c> is the value after scale and bias, every other name a number of the same reading that stands before it.
/// </summary>
internal sealed class FormulaPlan
{
    private readonly CompiledExpression _program;
    private readonly int[] _metrics;

    private FormulaPlan(CompiledExpression program, int[] metrics)
    {
        _program = program;
        _metrics = metrics;
    }

    /// <summary>Binds a formula to the product's metrics so far.</summary>
    public static FormulaPlan? Bind(Expression formula, MetricTable table, out IReadOnlyList<ExpressionError> errors)
    {
        var symbols = new SymbolTable();
        symbols.Add("x", ExpressionType.Number);
        foreach (var metric in table)
            if (metric.Kind == MetricKind.Number && metric.Name != "x") symbols.Add(metric.Name, ExpressionType.Number);
        var bound = formula.Bind(new ExpressionScope(symbols) { Expected = ExpressionType.Number });
        errors = bound.Errors;
        if (bound.Program is null) return null;
        var metrics = symbols.Symbols.Select(symbol => symbol.Name == "x" ? -1 : table.Named(symbol.Name)[0]).ToArray();
        return new FormulaPlan(bound.Program, metrics);
    }

    /// <summary>The formula's number; NaN when something it needs is missing.</summary>
    public double Evaluate(DecodeOutput output, double x)
    {
        var slots = output.Captures.FormulaSlots(_metrics.Length);
        for (var i = 0; i < _metrics.Length; i++)
            slots[i] = _metrics[i] < 0 ? Value.Of(x) : output.TryGetOpen(_metrics[i], out var value) ? Value.Of(value.Number) : Value.Missing;
        return _program.Number(new EvaluationFrame(slots));
    }
}

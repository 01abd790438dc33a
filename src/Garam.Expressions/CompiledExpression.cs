using Garam.Expressions.Binding;

namespace Garam.Expressions;

/// <summary>
/// An expression checked against a scope and turned into delegates. Immutable, safe to share between threads; evaluating
/// allocates nothing and throws nothing.
/// </summary>
public sealed class CompiledExpression
{
    private readonly NumberProgram _number;
    private readonly TruthProgram _truth;
    private readonly ValueProgram _value;

    internal CompiledExpression(Expression source, Operand root)
    {
        Source = source;
        Type = root.Type;
        _number = root.AsNumber();
        _truth = root.AsTruth();
        _value = root.AsValue();
    }

    /// <summary>What was compiled.</summary>
    public Expression Source { get; }

    /// <summary>What evaluating gives, unless it is missing.</summary>
    public ExpressionType Type { get; }

    /// <summary>The value, missing where a value it needs is missing.</summary>
    public Value Evaluate(in EvaluationFrame frame) => _value(in frame);

    /// <summary>The value as a condition: missing, and whatever is not a boolean, does not hold.</summary>
    public bool Holds(in EvaluationFrame frame) => _truth(in frame) == Truth.True;

    /// <summary>The value as a number: seconds for a duration, 1 and 0 for a boolean; NaN when missing or a text.</summary>
    public double Number(in EvaluationFrame frame) => _number(in frame);

    public override string ToString() => Source.Text;
}

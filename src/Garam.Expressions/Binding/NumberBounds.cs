using Garam.Expressions.Syntax;
using Garam.Expressions.Windows;

namespace Garam.Expressions.Binding;

/// <summary>
/// Two programs between which the answer of a third lies. They are cheaper than reading windows, and a comparison that cannot hold between
/// them need not be evaluated: on nearly all readings rules are far from their limits.
/// </summary>
/// <param name="Low">At most the number; NaN when nothing is known.</param>
/// <param name="High">At least the number; NaN when nothing is known.</param>
internal sealed record NumberBounds(NumberProgram Low, NumberProgram High)
{
    /// <summary>Sums over a window round; far more than a window of any length can.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Of a function over a window; null for one whose answer its samples do not bound.</summary>
    public static NumberBounds? OfWindow(WindowFunction function, int source) => function switch
    {
        WindowFunction.Min or WindowFunction.Max or WindowFunction.First or WindowFunction.Last or WindowFunction.Previous =>
            new((in f) => Of(in f, source).Low, (in f) => Of(in f, source).High),
        WindowFunction.Avg or WindowFunction.Median or WindowFunction.Percentile =>
            new((in f) => { ref readonly var b = ref Of(in f, source); return b.Low - Margin(in b); }, (in f) => { ref readonly var b = ref Of(in f, source); return b.High + Margin(in b); }),
        // Of two samples it is their distance by the root of two, of more it is less.
        WindowFunction.Stddev => new((in _) => 0, (in f) => { ref readonly var b = ref Of(in f, source); return b.High - b.Low + Margin(in b); }),
        WindowFunction.Delta =>
            new((in f) => { ref readonly var b = ref Of(in f, source); return b.Low - b.High; }, (in f) => { ref readonly var b = ref Of(in f, source); return b.High - b.Low; }),
        WindowFunction.Count => new((in _) => 0, (in f) => Of(in f, source).Count),
        _ => null,
    };

    /// <summary>Of a calculation, when a side of it has bounds and the other has too or is known exactly; else null.</summary>
    public static NumberBounds? Of(BinaryOperator @operator, Operand left, Operand right)
    {
        if ((left.Bounds is null && right.Bounds is null) || Around(left) is not { } a || Around(right) is not { } b)
            return null;
        return @operator switch
        {
            BinaryOperator.Add => new((in f) => a.Low(in f) + b.Low(in f), (in f) => a.High(in f) + b.High(in f)),
            BinaryOperator.Subtract => new((in f) => a.Low(in f) - b.High(in f), (in f) => a.High(in f) - b.Low(in f)),
            BinaryOperator.Multiply when right.Constant is { } factor => a.Times(factor.Number),
            BinaryOperator.Multiply when left.Constant is { } factor => b.Times(factor.Number),
            BinaryOperator.Divide when right.Constant is { } divisor => a.Times(1 / divisor.Number),
            _ => null,
        };
    }

    /// <summary>The comparison behind a look at the bounds, where there are any.</summary>
    public static TruthProgram Guarded(BinaryOperator @operator, Operand left, Operand right, TruthProgram comparison)
    {
        if ((left.Bounds is null && right.Bounds is null) || Around(left) is not { } a || Around(right) is not { } b)
            return comparison;
        // What is not known is NaN, of which no comparison is true: then the whole is evaluated.
        switch (@operator)
        {
            case BinaryOperator.Greater:
                var (high, low) = (a.High, b.Low);
                return (in f) => high(in f) <= low(in f) ? Truth.False : comparison(in f);
            case BinaryOperator.GreaterOrEqual:
                (high, low) = (a.High, b.Low);
                return (in f) => high(in f) < low(in f) ? Truth.False : comparison(in f);
            case BinaryOperator.Less:
                (high, low) = (b.High, a.Low);
                return (in f) => high(in f) <= low(in f) ? Truth.False : comparison(in f);
            case BinaryOperator.LessOrEqual:
                (high, low) = (b.High, a.Low);
                return (in f) => high(in f) < low(in f) ? Truth.False : comparison(in f);
            default:
                return comparison;
        }
    }

    private NumberBounds? Times(double factor)
    {
        var (low, high) = (Low, High);
        if (!double.IsFinite(factor) || factor == 0)
            return null;
        return factor > 0
            ? new NumberBounds((in f) => low(in f) * factor, (in f) => high(in f) * factor)
            : new NumberBounds((in f) => high(in f) * factor, (in f) => low(in f) * factor);
    }

    /// <summary>Its bounds, or itself on both sides when it costs nothing: a constant or a metric.</summary>
    private static NumberBounds? Around(Operand operand) =>
        operand.Bounds ?? (operand.Constant is not null || operand.Slot >= 0 ? new NumberBounds(operand.AsNumber(), operand.AsNumber()) : null);

    private static ref readonly SampleBounds Of(in EvaluationFrame frame, int source)
    {
        if (frame.Windows is { } windows)
            return ref windows.Bounds(source);
        return ref SampleBounds.Unknown;
    }

    private static double Margin(in SampleBounds bounds) => Rounding * Math.Max(Math.Abs(bounds.Low), Math.Abs(bounds.High));
}

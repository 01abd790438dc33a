using System.Runtime.CompilerServices;
using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>
/// Comparisons. Where a side is missing they are false in Garam's spelling (for != too) and missing in SQL's.
/// Numbers compare exactly, texts by ordinal; values of different kinds are unequal.
/// </summary>
internal static class Comparison
{
    public static TruthProgram OfNumbers(BinaryOperator @operator, Operand left, Operand right, Truth whenMissing)
    {
        if (right.Constant is { Kind: ValueKind.Number or ValueKind.Duration } limit && left.Slot >= 0)
            return OfSlotAndLimit(@operator, left.Slot, limit.Number, whenMissing);
        var a = left.AsNumber();
        var b = right.AsNumber();
        return @operator switch
        {
            BinaryOperator.Less => (in f) => { double x = a(in f), y = b(in f); return Decide(x < y, x, y, whenMissing); },
            BinaryOperator.LessOrEqual => (in f) => { double x = a(in f), y = b(in f); return Decide(x <= y, x, y, whenMissing); },
            BinaryOperator.Greater => (in f) => { double x = a(in f), y = b(in f); return Decide(x > y, x, y, whenMissing); },
            BinaryOperator.GreaterOrEqual => (in f) => { double x = a(in f), y = b(in f); return Decide(x >= y, x, y, whenMissing); },
            BinaryOperator.Equal => (in f) => { double x = a(in f), y = b(in f); return Decide(x == y, x, y, whenMissing); },
            _ => (in f) => { double x = a(in f), y = b(in f); return Decide(x != y, x, y, whenMissing); },
        };
    }

    public static TruthProgram OfTexts(bool equal, TextProgram a, TextProgram b, Truth whenMissing) => (in f) =>
    {
        string? x = a(in f), y = b(in f);
        if (x is null || y is null)
            return whenMissing;
        return (x == y) == equal ? Truth.True : Truth.False;
    };

    public static TruthProgram OfTruths(bool equal, TruthProgram a, TruthProgram b, Truth whenMissing) => (in f) =>
    {
        Truth x = a(in f), y = b(in f);
        if (x == Truth.Missing || y == Truth.Missing)
            return whenMissing;
        return (x == y) == equal ? Truth.True : Truth.False;
    };

    public static TruthProgram OfValues(bool equal, ValueProgram a, ValueProgram b, Truth whenMissing) => (in f) =>
    {
        Value x = a(in f), y = b(in f);
        if (x.IsMissing || y.IsMissing)
            return whenMissing;
        return (x == y) == equal ? Truth.True : Truth.False;
    };

    /// <summary>The most frequent condition, a metric beside a limit, in one call.</summary>
    private static TruthProgram OfSlotAndLimit(BinaryOperator @operator, int slot, double y, Truth whenMissing) => @operator switch
    {
        BinaryOperator.Less => (in f) => { var x = f.Number(slot); return Decide(x < y, x, y, whenMissing); },
        BinaryOperator.LessOrEqual => (in f) => { var x = f.Number(slot); return Decide(x <= y, x, y, whenMissing); },
        BinaryOperator.Greater => (in f) => { var x = f.Number(slot); return Decide(x > y, x, y, whenMissing); },
        BinaryOperator.GreaterOrEqual => (in f) => { var x = f.Number(slot); return Decide(x >= y, x, y, whenMissing); },
        BinaryOperator.Equal => (in f) => { var x = f.Number(slot); return Decide(x == y, x, y, whenMissing); },
        _ => (in f) => { var x = f.Number(slot); return Decide(x != y, x, y, whenMissing); },
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Truth Decide(bool answer, double x, double y, Truth whenMissing)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
            return whenMissing;
        return answer ? Truth.True : Truth.False;
    }
}

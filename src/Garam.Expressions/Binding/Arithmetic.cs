using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>Numbers in, number out. What has no finite answer is missing: x / 0, 0 ^ -1, (-8) ^ 0.5, overflow.</summary>
internal static class Arithmetic
{
    public static double FiniteOrMissing(double number) => double.IsFinite(number) ? number : double.NaN;

    public static NumberProgram Of(BinaryOperator @operator, NumberProgram a, NumberProgram b) => @operator switch
    {
        BinaryOperator.Add => (in f) => FiniteOrMissing(a(in f) + b(in f)),
        BinaryOperator.Subtract => (in f) => FiniteOrMissing(a(in f) - b(in f)),
        BinaryOperator.Multiply => (in f) => FiniteOrMissing(a(in f) * b(in f)),
        BinaryOperator.Divide => (in f) => FiniteOrMissing(a(in f) / b(in f)),
        BinaryOperator.Remainder => (in f) => a(in f) % b(in f),
        BinaryOperator.Power => (in f) => Power(a(in f), b(in f)),
        _ => throw new InvalidOperationException($"{@operator} is not arithmetic."),
    };

    /// <summary>Math.Pow says 1 for 1 ^ NaN and NaN ^ 0; here whatever needs a missing value is missing.</summary>
    public static double Power(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? double.NaN : FiniteOrMissing(Math.Pow(a, b));
}

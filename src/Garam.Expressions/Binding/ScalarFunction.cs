namespace Garam.Expressions.Binding;

/// <summary>A function of numbers that gives a number.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ArgumentsMin">Fewest arguments.</param>
/// <param name="ArgumentsMax">Most arguments.</param>
/// <param name="Form">How it is called, for messages.</param>
/// <param name="Compile">Makes the program of the arguments' programs.</param>
internal sealed record ScalarFunction(
    string Name, int ArgumentsMin, int ArgumentsMax, string Form, Func<NumberProgram[], NumberProgram> Compile)
{
    public static readonly IReadOnlyDictionary<string, ScalarFunction> All = new ScalarFunction[]
    {
        new("abs", 1, 1, "abs(x)", a => One(a, Math.Abs)),
        new("round", 1, 2, "round(x) or round(x, digits)", a => a.Length == 1 ? One(a, RoundToInteger) : Two(a, Round)),
        new("floor", 1, 1, "floor(x)", a => One(a, Math.Floor)),
        new("ceil", 1, 1, "ceil(x)", a => One(a, Math.Ceiling)),
        new("sqrt", 1, 1, "sqrt(x)", a => One(a, Math.Sqrt)),
        new("exp", 1, 1, "exp(x)", a => One(a, Math.Exp)),
        new("log", 1, 1, "log(x), the natural logarithm", a => One(a, Math.Log)),
        new("log10", 1, 1, "log10(x)", a => One(a, Math.Log10)),
        new("pow", 2, 2, "pow(x, y)", a => Two(a, Arithmetic.Power)),
        new("mod", 2, 2, "mod(x, y)", a => Two(a, (x, y) => x % y)),
        new("min", 1, ExpressionLimits.ArgumentsMax, "min(a, b, …), or min(metric, 10m) over time", a => Fold(a, Math.Min)),
        new("max", 1, ExpressionLimits.ArgumentsMax, "max(a, b, …), or max(metric, 10m) over time", a => Fold(a, Math.Max)),
        new("clamp", 3, 3, "clamp(x, lowest, highest)", Clamp),
    }.ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static double RoundToInteger(double x) => Math.Round(x, MidpointRounding.AwayFromZero);

    private static double Round(double x, double digits) =>
        digits is >= 0 and <= 15 ? Math.Round(x, (int)digits, MidpointRounding.AwayFromZero) : double.NaN;

    private static NumberProgram One(NumberProgram[] arguments, Func<double, double> function)
    {
        var a = arguments[0];
        return (in f) => Arithmetic.FiniteOrMissing(function(a(in f)));
    }

    private static NumberProgram Two(NumberProgram[] arguments, Func<double, double, double> function)
    {
        var (a, b) = (arguments[0], arguments[1]);
        return (in f) => Arithmetic.FiniteOrMissing(function(a(in f), b(in f)));
    }

    /// <summary>Missing where any argument is: Math.Min and Math.Max hand NaN on.</summary>
    private static NumberProgram Fold(NumberProgram[] arguments, Func<double, double, double> function)
    {
        if (arguments.Length == 1)
            return arguments[0];
        if (arguments.Length == 2)
            return Two(arguments, function);
        return (in f) =>
        {
            var result = arguments[0](in f);
            for (var i = 1; i < arguments.Length; i++)
                result = function(result, arguments[i](in f));
            return result;
        };
    }

    private static NumberProgram Clamp(NumberProgram[] arguments)
    {
        var (x, lowest, highest) = (arguments[0], arguments[1], arguments[2]);
        return (in f) => Math.Min(Math.Max(x(in f), lowest(in f)), highest(in f));
    }
}

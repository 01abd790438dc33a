using System.Globalization;
using Garam.Expressions.Syntax;
using Garam.Expressions.Windows;

namespace Garam.Expressions.Binding;

/// <summary>
/// Binds functions over time: f(what, duration), f(what, duration, condition), percentile(what, p, duration[, condition]).
/// What is observed is a program of its own, run once a reading; the expression reads the answer.
/// </summary>
internal sealed class WindowBinder(Binder binder)
{
    private static readonly Dictionary<string, WindowFunction> Functions =
        Enum.GetValues<WindowFunction>().ToDictionary(f => f.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static IEnumerable<string> FunctionNames => Functions.Keys;

    /// <summary>min and max are windows when their second argument is a duration: max(a, b) and max(a, 10m).</summary>
    public static bool IsWindow(CallNode call) =>
        Functions.ContainsKey(call.Function)
        && (call.Function is not ("min" or "max")
            || call.Arguments is [_, LiteralNode { Value.Kind: ValueKind.Duration }, ..]);

    public Operand Bind(CallNode call)
    {
        var function = Functions[call.Function];
        var durationAt = function == WindowFunction.Percentile ? 2 : 1;
        var form = function == WindowFunction.Percentile ? "percentile(metric, 95, 10m)" : $"{call.Function}(metric, 10m)";
        if (binder.Scope.Windows is not { } plan || binder.IsWindowSource)
            return binder.Fail(call, binder.IsWindowSource ? (Phrase)$"{call.Function} is inside another window" : $"there is no history for {call.Function} here",
                binder.IsWindowSource ? (Phrase)$"Make the inner one a formula of its own." : $"Use it in a rule or a formula.");
        if (call.Arguments.Count <= durationAt || call.Arguments.Count > durationAt + 2)
            return binder.Fail(call, $"{call.Function} does not take {call.Arguments.Count} arguments", $"Write {form}.");
        if (Duration(call.Arguments[durationAt], form) is not { } duration)
            return Unusable();
        double percent = 0;
        if (function == WindowFunction.Percentile && !TryPercent(call.Arguments[1], out percent))
            return Unusable();
        var condition = call.Arguments.Count > durationAt + 1 ? call.Arguments[durationAt + 1] : null;
        if (Source(function, call.Arguments[0], condition) is not { } program)
            return Unusable();
        return Add(plan, call, program, function, condition, new WindowRequest(
            function, binder.TextOf(call.Arguments[0]), SlotsOf(call.Arguments[0], condition), duration, percent));
    }

    private Operand Add(
        WindowPlan plan, CallNode call, NumberProgram program, WindowFunction function, SyntaxNode? condition, WindowRequest request)
    {
        // Counting a condition observes only what meets it; other functions of the same text observe 0 and 1.
        var kind = function == WindowFunction.Count ? "count" : "value";
        var key = $"{kind} {CanonicalText.Of(call.Arguments[0])} where {(condition is null ? "" : CanonicalText.Of(condition))}";
        if (!plan.TryAdd(key, program, request, out var source, out var tracker))
            return binder.Fail(call, $"more than {ExpressionLimits.WindowsMax} windows", $"Use the same durations where you can: equal windows are kept once.");
        var percent = request.Percent;
        return Operand.Number(
            (in f) => f.Windows is { } windows ? windows.Read(source, tracker, function, percent, f.TimeUs) : double.NaN,
            NumberBounds.OfWindow(function, source));
    }

    private TimeSpan? Duration(SyntaxNode node, string form)
    {
        var operand = binder.Bind(node);
        if (operand.Constant is not { Kind: ValueKind.Duration } constant)
        {
            binder.Report(node, $"`{binder.TextOf(node)}` is not a duration that is known beforehand", $"Write {form}.");
            return null;
        }

        if (constant.Duration >= ExpressionLimits.WindowMin && constant.Duration <= ExpressionLimits.WindowMax)
            return constant.Duration;
        binder.Report(node, $"a window of {binder.TextOf(node)} is outside of the limits",
            $"Windows reach from 1s to {ExpressionLimits.WindowMax.TotalDays}d.");
        return null;
    }

    private bool TryPercent(SyntaxNode node, out double percent)
    {
        var operand = binder.Bind(node);
        percent = operand.Constant?.Number ?? double.NaN;
        if (operand.Type == ExpressionType.Number && percent is >= 0 and <= 100)
            return true;
        binder.Report(node, $"`{binder.TextOf(node)}` is not a percentage", $"Write a number from 0 to 100: percentile(metric, 95, 10m).");
        return false;
    }

    private NumberProgram? Source(WindowFunction function, SyntaxNode what, SyntaxNode? condition)
    {
        var inner = new Binder(binder.Source, binder.Scope with { Peers = null, Expected = ExpressionType.Any }, isWindowSource: true);
        var operand = inner.BindRoot(what);
        if (operand.Type is ExpressionType.Text or ExpressionType.Duration && function != WindowFunction.Count)
            inner.Report(what, $"`{binder.TextOf(what)}` is {operand.Type.WithArticle()}, a window observes numbers", $"Use a metric that is a number.");
        var filter = condition is null ? null : inner.Condition(condition, out _);
        foreach (var error in inner.Errors)
            binder.Report(error.Position, error.Length, error.Message, error.Remedy);
        if (inner.Errors.Count > 0)
            return null;
        var program = function == WindowFunction.Count ? Occurrence(operand) : operand.AsNumber();
        return filter is null ? program : (in f) => filter(in f) == Truth.True ? program(in f) : double.NaN;
    }

    /// <summary>1 for a reading that counts: it meets the condition, or has the metric.</summary>
    private static NumberProgram Occurrence(Operand operand)
    {
        if (operand.Type == ExpressionType.Boolean)
        {
            var truth = operand.AsTruth();
            return (in f) => truth(in f) == Truth.True ? 1 : double.NaN;
        }

        var value = operand.AsValue();
        return (in f) => value(in f).IsMissing ? double.NaN : 1;
    }

    private int[] SlotsOf(SyntaxNode what, SyntaxNode? condition)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        NamesIn.Collect(what, names);
        if (condition is not null)
            NamesIn.Collect(condition, names);
        return [.. names.Select(n => binder.Scope.Symbols.TryResolve(n, out var symbol) ? symbol.Slot : -1).Where(s => s >= 0).Order()];
    }

    private static Operand Unusable() => Operand.Any((in _) => default);
}

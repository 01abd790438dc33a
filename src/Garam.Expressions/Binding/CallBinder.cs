using Garam.Expressions.Syntax;

namespace Garam.Expressions.Binding;

/// <summary>Binds function calls: the scalar functions, and those with rules of their own.</summary>
internal sealed class CallBinder(Binder binder)
{
    private static readonly string[] OwnRules = ["if", "coalesce", "is_missing", "timestamp", "devices"];

    public Operand Bind(CallNode call)
    {
        if (WindowBinder.IsWindow(call) && binder.Source.Dialect == ExpressionDialect.Garam)
            return new WindowBinder(binder).Bind(call);
        switch (call.Function)
        {
            case "if":
                return Conditional(call);
            case "coalesce":
                return Coalesce(call);
            case "is_missing":
                return IsMissing(call);
            case "timestamp":
                return CountFits(call, 0, 0, "timestamp()") ? Operand.Number((in f) => f.TimeUs / 1000) : Unusable();
            case "devices":
                return Devices(call);
        }

        return ScalarFunction.All.TryGetValue(call.Function, out var function) ? Scalar(call, function) : Unknown(call);
    }

    private Operand Scalar(CallNode call, ScalarFunction function)
    {
        if (!CountFits(call, function.ArgumentsMin, function.ArgumentsMax, function.Form))
            return Unusable();
        var arguments = new Operand[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = binder.Number(call.Arguments[i], function.Name);
        if (function.Name == "clamp" && arguments[1].Constant is { } lowest && arguments[2].Constant is { } highest
            && lowest.Number > highest.Number)
            binder.Report(call, $"clamp's lowest {lowest} is above its highest {highest}", $"Write clamp(x, lowest, highest).");
        var program = function.Compile([.. arguments.Select(a => a.AsNumber())]);
        return Binder.Fold(Operand.Number(program), arguments);
    }

    /// <summary><c>if(c, a, b)</c>: a missing condition counts as false.</summary>
    private Operand Conditional(CallNode call)
    {
        if (!CountFits(call, 3, 3, "if(condition, then, else)"))
            return Unusable();
        var condition = binder.Condition(call.Arguments[0], out var c);
        var a = binder.Bind(call.Arguments[1]);
        var b = binder.Bind(call.Arguments[2]);
        if (CommonType(call, [a, b], 1) is not { } type)
            return Unusable();
        return Binder.Fold(Choice(type, condition, a, b), c, a, b);
    }

    private static Operand Choice(ExpressionType type, TruthProgram condition, Operand a, Operand b)
    {
        switch (type)
        {
            case ExpressionType.Number or ExpressionType.Duration:
                NumberProgram na = a.AsNumber(), nb = b.AsNumber();
                NumberProgram number = (in f) => condition(in f) == Truth.True ? na(in f) : nb(in f);
                return type == ExpressionType.Number ? Operand.Number(number) : Operand.Seconds(number);
            case ExpressionType.Boolean:
                TruthProgram ta = a.AsTruth(), tb = b.AsTruth();
                return Operand.Boolean((in f) => condition(in f) == Truth.True ? ta(in f) : tb(in f));
            case ExpressionType.Text:
                TextProgram xa = a.AsText(), xb = b.AsText();
                return Operand.Texts((in f) => condition(in f) == Truth.True ? xa(in f) : xb(in f));
            default:
                ValueProgram va = a.AsValue(), vb = b.AsValue();
                return Operand.Any((in f) => condition(in f) == Truth.True ? va(in f) : vb(in f));
        }
    }

    private Operand Coalesce(CallNode call)
    {
        if (!CountFits(call, 2, ExpressionLimits.ArgumentsMax, "coalesce(a, b, …)"))
            return Unusable();
        var arguments = call.Arguments.Select(binder.Bind).ToArray();
        if (CommonType(call, arguments, 0) is not { } type)
            return Unusable();
        var result = arguments[^1];
        for (var i = arguments.Length - 2; i >= 0; i--)
            result = FirstPresent(type, arguments[i], result);
        return Binder.Fold(result, arguments);
    }

    private static Operand FirstPresent(ExpressionType type, Operand a, Operand b)
    {
        if (type is ExpressionType.Number or ExpressionType.Duration)
        {
            NumberProgram na = a.AsNumber(), nb = b.AsNumber();
            NumberProgram number = (in f) => na(in f) is var x && double.IsNaN(x) ? nb(in f) : x;
            return type == ExpressionType.Number ? Operand.Number(number) : Operand.Seconds(number);
        }

        if (type == ExpressionType.Text)
        {
            TextProgram ta = a.AsText(), tb = b.AsText();
            return Operand.Texts((in f) => ta(in f) ?? tb(in f));
        }

        if (type == ExpressionType.Boolean)
        {
            TruthProgram ba = a.AsTruth(), bb = b.AsTruth();
            return Operand.Boolean((in f) => ba(in f) is var x && x == Truth.Missing ? bb(in f) : x);
        }

        ValueProgram va = a.AsValue(), vb = b.AsValue();
        return Operand.Any((in f) => va(in f) is var x && x.IsMissing ? vb(in f) : x);
    }

    private Operand IsMissing(CallNode call)
    {
        if (!CountFits(call, 1, 1, "is_missing(x)"))
            return Unusable();
        var operand = binder.Bind(call.Arguments[0]);
        var value = operand.AsValue();
        return Binder.Fold(Operand.Boolean((in f) => value(in f).IsMissing ? Truth.True : Truth.False), operand);
    }

    /// <summary><c>devices(condition)</c>: how many devices of the rule's group meet it.</summary>
    private Operand Devices(CallNode call)
    {
        if (!CountFits(call, 1, 1, "devices(condition)"))
            return Unusable();
        if (binder.Scope.Peers is not { } plan)
            return binder.Fail(call, $"devices(…) counts over a group, and there is none here",
                $"Use it in a correlation rule with across: site, customer, hub or product.");
        var argument = call.Arguments[0];
        var inner = new Binder(binder.Source, binder.Scope with { Peers = null, Expected = ExpressionType.Boolean });
        var operand = inner.BindRoot(argument);
        foreach (var error in inner.Errors)
            binder.Report(error.Position, error.Length, error.Message, error.Remedy);
        if (inner.Errors.Count > 0)
            return Unusable();
        var index = plan.Add(CanonicalText.Of(argument), new CompiledExpression(binder.Source, operand));
        return Operand.Number((in f) => index < f.PeerCounts.Length ? f.PeerCounts[index] : double.NaN);
    }

    private Operand Unknown(CallNode call)
    {
        var functions = ScalarFunction.All.Keys.Concat(OwnRules).Concat(WindowBinder.FunctionNames);
        var nearest = NearestName.Of(call.Function, functions);
        binder.Report(call.Name.Position, call.Name.Length, $"unknown function `{call.Name.Text}`",
            nearest is null ? (Phrase)$"The functions are listed in the reference of expressions." : $"Write {nearest}.");
        return Unusable();
    }

    private ExpressionType? CommonType(CallNode call, Operand[] operands, int firstArgument)
    {
        var type = ExpressionType.Any;
        var isAny = false;
        for (var i = 0; i < operands.Length; i++)
        {
            var operand = operands[i];
            if (!operand.Fits(type))
            {
                var argument = call.Arguments[i + firstArgument];
                binder.Report(argument, $"`{binder.TextOf(argument)}` is {operand.Type.WithArticle()}, the value before it {type.WithArticle()}",
                    $"{call.Function} needs values of one type.");
                return null;
            }

            isAny |= operand.Type == ExpressionType.Any && !operand.IsMissingLiteral;
            if (type == ExpressionType.Any)
                type = operand.Type;
        }

        return isAny ? ExpressionType.Any : type;
    }

    private bool CountFits(CallNode call, int min, int max, string form)
    {
        if (call.Arguments.Count >= min && call.Arguments.Count <= max)
            return true;
        binder.Report(
            call,
            call.Arguments.Count == 1 ? (Phrase)$"{call.Function} does not take 1 argument" : $"{call.Function} does not take {call.Arguments.Count} arguments",
            $"Write {form}.");
        return false;
    }

    private static Operand Unusable() => Operand.Any((in _) => default);
}

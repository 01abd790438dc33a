namespace Garam.Expressions.Binding;

/// <summary>
/// A checked part of an expression: its type and the program that computes it, in the form its type makes cheapest, with
/// conversions to the other forms. A form that does not fit the type answers missing.
/// </summary>
internal sealed class Operand
{
    private readonly NumberProgram? _number;
    private readonly TruthProgram? _truth;
    private readonly TextProgram? _text;
    private readonly ValueProgram? _value;

    private Operand(
        ExpressionType type, NumberProgram? number = null, TruthProgram? truth = null, TextProgram? text = null, ValueProgram? value = null)
    {
        Type = type;
        _number = number;
        _truth = truth;
        _text = text;
        _value = value;
    }

    public ExpressionType Type { get; }

    /// <summary>The value when it needs no frame.</summary>
    public Value? Constant { get; private init; }

    /// <summary>The slot when this is a lone name, else -1: comparisons with one read it without a call.</summary>
    public int Slot { get; private init; } = -1;

    /// <summary>Between what its number lies, where that is cheaper to know; null when it is not.</summary>
    public NumberBounds? Bounds { get; private init; }

    /// <summary>True for the literal <c>missing</c> alone, which takes any type.</summary>
    public bool IsMissingLiteral => Type == ExpressionType.Any && Constant is { IsMissing: true };

    public static Operand Number(NumberProgram program, NumberBounds? bounds = null) => new(ExpressionType.Number, number: program) { Bounds = bounds };

    public static Operand Seconds(NumberProgram program) => new(ExpressionType.Duration, number: program);

    public static Operand Boolean(TruthProgram program) => new(ExpressionType.Boolean, truth: program);

    public static Operand Texts(TextProgram program) => new(ExpressionType.Text, text: program);

    public static Operand Any(ValueProgram program) => new(ExpressionType.Any, value: program);

    public static Operand Literal(Value value) => Literal(value, value.Kind switch
    {
        ValueKind.Number => ExpressionType.Number,
        ValueKind.Boolean => ExpressionType.Boolean,
        ValueKind.Text => ExpressionType.Text,
        ValueKind.Duration => ExpressionType.Duration,
        _ => ExpressionType.Any,
    });

    private static Operand Literal(Value value, ExpressionType type)
    {
        var number = value.Number;
        var truth = value.Kind == ValueKind.Boolean ? (value.IsTrue ? Truth.True : Truth.False) : Truth.Missing;
        var text = value.Text;
        return new Operand(type, (in _) => number, (in _) => truth, (in _) => text, (in _) => value) { Constant = value };
    }

    public static Operand OfSlot(Symbol symbol)
    {
        var slot = symbol.Slot;
        NumberProgram number = (in frame) => frame.Number(slot);
        // A decoder may hand a flag over as 0 and 1.
        TruthProgram truth = symbol.Type == ExpressionType.Boolean
            ? (in frame) => frame.Number(slot) is var flag && double.IsNaN(flag) ? Truth.Missing : flag != 0 ? Truth.True : Truth.False
            : (in frame) => TruthOf(frame.Slot(slot));
        TextProgram text = (in frame) => frame.Slot(slot).Text;
        ValueProgram value = (in frame) => frame.Slot(slot);
        return new Operand(symbol.Type, number, truth, text, symbol.Type == ExpressionType.Any ? value : null) { Slot = slot };
    }

    /// <summary>This operand computed once, when all it needs is constant.</summary>
    public Operand Folded() => Literal(AsValue()(default), Type);

    public bool Fits(ExpressionType type) => Type == type || Type == ExpressionType.Any || type == ExpressionType.Any;

    public NumberProgram AsNumber()
    {
        if (_number is not null)
            return _number;
        if (_truth is { } truth)
            return (in frame) => truth(in frame) is var t and not Truth.Missing ? (double)t : double.NaN;
        return _value is { } value ? (in frame) => value(in frame).Number : (in _) => double.NaN;
    }

    public TruthProgram AsTruth()
    {
        if (_truth is not null)
            return _truth;
        return _value is { } value ? (in frame) => TruthOf(value(in frame)) : (in _) => Truth.Missing;
    }

    public TextProgram AsText()
    {
        if (_text is not null)
            return _text;
        return _value is { } value ? (in frame) => value(in frame).Text : (in _) => null;
    }

    public ValueProgram AsValue()
    {
        if (_value is not null)
            return _value;
        switch (Type)
        {
            case ExpressionType.Number:
                var number = AsNumber();
                return (in frame) => Value.Of(number(in frame));
            case ExpressionType.Duration:
                var seconds = AsNumber();
                return (in frame) => Value.OfSeconds(seconds(in frame));
            case ExpressionType.Boolean:
                var truth = AsTruth();
                return (in frame) => Value.Of(truth(in frame));
            default:
                var text = AsText();
                return (in frame) => Value.Of(text(in frame));
        }
    }

    private static Truth TruthOf(Value value) =>
        value.Kind != ValueKind.Boolean ? Truth.Missing : value.IsTrue ? Truth.True : Truth.False;
}

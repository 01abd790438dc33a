using System.Globalization;

namespace Garam.Expressions;

/// <summary>
/// One value of the expression language, without boxing: missing, a finite number, a boolean, a text or a duration.
/// NaN and the infinities do not exist in the language: making a number of one gives <see cref="Missing"/>.
/// </summary>
public readonly struct Value : IEquatable<Value>
{
    private readonly double _number;
    private readonly string? _text;

    private Value(ValueKind kind, double number, string? text)
    {
        Kind = kind;
        _number = number;
        _text = text;
    }

    /// <summary>No value; also what <c>default</c> is.</summary>
    public static Value Missing => default;

    /// <summary>What this value holds.</summary>
    public ValueKind Kind { get; }

    /// <summary>True when there is no value.</summary>
    public bool IsMissing => Kind == ValueKind.Missing;

    /// <summary>The number, the seconds of a duration, or 1 and 0 for a boolean; NaN for a text or a missing value.</summary>
    public double Number => Kind is ValueKind.Missing or ValueKind.Text ? double.NaN : _number;

    /// <summary>The boolean; false for everything that is not a true boolean.</summary>
    public bool IsTrue => Kind == ValueKind.Boolean && _number != 0;

    /// <summary>The text, or null when this is not a text.</summary>
    public string? Text => _text;

    /// <summary>The duration; zero when this is not one.</summary>
    public TimeSpan Duration => Kind == ValueKind.Duration ? TimeSpan.FromSeconds(_number) : TimeSpan.Zero;

    /// <summary>A number; missing when it is NaN or infinite.</summary>
    public static Value Of(double number) => double.IsFinite(number) ? new(ValueKind.Number, number, null) : default;

    /// <summary>A boolean.</summary>
    public static Value Of(bool truth) => new(ValueKind.Boolean, truth ? 1 : 0, null);

    /// <summary>A text; missing when it is null.</summary>
    public static Value Of(string? text) => text is null ? default : new(ValueKind.Text, double.NaN, text);

    /// <summary>A duration.</summary>
    public static Value Of(TimeSpan duration) => OfSeconds(duration.TotalSeconds);

    public static bool operator ==(Value left, Value right) => left.Equals(right);

    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    internal static Value OfSeconds(double seconds) =>
        double.IsFinite(seconds) ? new(ValueKind.Duration, seconds, null) : default;

    internal static Value Of(Truth truth) => truth == Truth.Missing ? default : Of(truth == Truth.True);

    /// <summary>True when both hold the same kind and content; two missing values are equal here (not in the language).</summary>
    public bool Equals(Value other) =>
        Kind == other.Kind && (Kind == ValueKind.Text ? _text == other._text : _number.Equals(other._number));

    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, _text, Kind == ValueKind.Text ? 0 : _number);

    /// <summary>The value as a person writes it, in the invariant culture; empty when missing.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Missing => "",
        ValueKind.Boolean => _number != 0 ? "true" : "false",
        ValueKind.Text => _text!,
        ValueKind.Duration => string.Create(CultureInfo.InvariantCulture, $"{_number}s"),
        _ => _number.ToString(CultureInfo.InvariantCulture),
    };
}

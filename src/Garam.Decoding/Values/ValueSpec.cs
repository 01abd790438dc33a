namespace Garam.Decoding.Values;

/// <summary>What becomes of a raw value: its name, its scale, its names for numbers, its valid range.</summary>
internal sealed record ValueSpec(string Name, ValueType Type)
{
    /// <summary>Where the spec file has it, for problems that show only when names are put together.</summary>
    public int Line { get; init; }

    public int Column { get; init; }

    public ValueRole Role { get; init; }

    public string? Unit { get; init; }

    public Rational? Scale { get; init; }

    public Rational? Bias { get; init; }

    /// <summary>Coefficients from the constant upwards, applied after scale and bias.</summary>
    public IReadOnlyList<double>? Polynomial { get; init; }

    /// <summary>A formula over <c>x</c>, the value after scale and bias, and the metrics before it.</summary>
    public Expressions.Expression? Formula { get; init; }

    public IReadOnlyDictionary<long, string>? Names { get; init; }

    public IReadOnlyList<BitSpec> Bits { get; init; } = [];

    public double? ValidMin { get; init; }

    public double? ValidMax { get; init; }

    /// <summary>Raw numbers that stand for "no value".</summary>
    public IReadOnlyList<long> Absent { get; init; } = [];

    /// <summary>False for a field that only carries bits, or only feeds a formula.</summary>
    public bool Emitted { get; init; } = true;

    public MetricKind Kind => Names is not null || Type == ValueType.Text ? MetricKind.Text
        : Type == ValueType.Boolean ? MetricKind.Boolean
        : MetricKind.Number;
}

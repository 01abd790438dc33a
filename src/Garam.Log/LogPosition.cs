namespace Garam.Log;

/// <summary>
/// The ordinal of a record since the beginning of the log. The first record ever appended is 0, numbering is dense, and a
/// number stays with its record when older records are removed by retention.
/// </summary>
/// <param name="Value">0 or greater.</param>
public readonly record struct LogPosition(long Value) : IComparable<LogPosition>
{
    /// <summary>The position of the first record of every log.</summary>
    public static LogPosition Zero => default;

    /// <summary>The position of the record after this one.</summary>
    public LogPosition Following => new(Value + 1);

    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    public static bool operator <(LogPosition left, LogPosition right) => left.Value < right.Value;

    public static bool operator >(LogPosition left, LogPosition right) => left.Value > right.Value;

    public static bool operator <=(LogPosition left, LogPosition right) => left.Value <= right.Value;

    public static bool operator >=(LogPosition left, LogPosition right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

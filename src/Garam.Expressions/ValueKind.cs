namespace Garam.Expressions;

/// <summary>What a <see cref="Value"/> holds at run time.</summary>
public enum ValueKind : byte
{
    /// <summary>No value: the metric did not come, or the operation has no answer (division by zero, NaN, overflow).</summary>
    Missing,

    /// <summary>A finite double.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A short text; compared by ordinal.</summary>
    Text,

    /// <summary>A length of time, in seconds.</summary>
    Duration,
}

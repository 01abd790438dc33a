namespace Garam.Expressions;

/// <summary>What the checker knows about an expression before it runs.</summary>
public enum ExpressionType : byte
{
    /// <summary>Not known before it runs (a field of a payload without a schema); allowed everywhere, missing where it does not fit.</summary>
    Any,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A length of time.</summary>
    Duration,
}

namespace Garam.Decoding;

/// <summary>What a metric's values are.</summary>
public enum MetricKind : byte
{
    /// <summary>A finite double.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Short UTF-8 text, at most <see cref="DecodingLimits.TextBytesMax"/> bytes.</summary>
    Text,
}

namespace Garam.Decoding.Values;

/// <summary>What a spec says a value is, once its bytes or its text are read.</summary>
internal enum ValueType
{
    /// <summary>Whatever the message says: numbers, booleans and texts each as they come.</summary>
    Any,
    Number,
    Integer,
    Boolean,
    Text,
    UnixSeconds,
    UnixMilliseconds,
    Iso8601,

    /// <summary>Text as ISO 8601; a number as seconds below 10^11, else as milliseconds.</summary>
    AnyTime,
}

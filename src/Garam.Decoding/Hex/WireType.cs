namespace Garam.Decoding.Hex;

/// <summary>How a field's bytes are read.</summary>
internal enum WireType
{
    Unsigned,
    Signed,
    Float32,
    Float64,
    Bcd,
    Bool,
    Ascii,
    Utf8,
    HexText,

    /// <summary>Bytes as the parts of a version: 01 08 is 1.8.</summary>
    Version,
}

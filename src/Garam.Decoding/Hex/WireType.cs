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
}

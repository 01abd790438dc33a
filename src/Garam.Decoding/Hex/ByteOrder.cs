namespace Garam.Decoding.Hex;

/// <summary>The order of a number's bytes.</summary>
internal enum ByteOrder
{
    Big,
    Little,

    /// <summary>16-bit words of big-endian bytes, the low word first: how 32-bit figures travel over 16-bit registers.</summary>
    LowWordFirst,
}

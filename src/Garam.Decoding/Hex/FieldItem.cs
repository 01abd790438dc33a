using Garam.Decoding.Values;

namespace Garam.Decoding.Hex;

/// <summary>A field of bytes.</summary>
/// <param name="Value">What becomes of it.</param>
/// <param name="Offset">Bytes from the start of the frame it stands in; null: right after the item before it.</param>
/// <param name="Length">Bytes; null: all that are left.</param>
/// <param name="Type">How its bytes are read.</param>
/// <param name="Order">The order of a number's bytes.</param>
/// <param name="Optional">Whether the payload may end before it.</param>
internal sealed record FieldItem(ValueSpec Value, int? Offset, int? Length, WireType Type, ByteOrder Order, bool Optional) : HexItem
{
    public override int? FixedLength => Length;
}

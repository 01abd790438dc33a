namespace Garam.Decoding.Hex;

/// <summary>Groups of fields, each there when its bit of a mask is set; the groups that are there follow each other in the mask's order.</summary>
/// <param name="Offset">Where the mask stands; null: right after the item before it.</param>
/// <param name="Length">Bytes of the mask, 1 to 8.</param>
/// <param name="Order">The order of the mask's bytes.</param>
/// <param name="Groups">The groups in ascending order of their bits.</param>
internal sealed record MaskItem(int? Offset, int Length, ByteOrder Order, IReadOnlyList<MaskGroup> Groups) : HexItem
{
    public override int? FixedLength => null;
}

namespace Garam.Decoding.Hex;

/// <summary>The fields that one bit of a mask announces; their offsets count from the group's first byte.</summary>
internal sealed record MaskGroup(int Bit, IReadOnlyList<HexItem> Items);

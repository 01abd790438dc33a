namespace Garam.Decoding.Hex;

/// <summary>One section of a hybrid payload.</summary>
internal sealed record SectionSpec(int Id, IReadOnlyList<HexItem> Items);

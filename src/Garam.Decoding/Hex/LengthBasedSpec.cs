using Garam.Decoding.Specs;

namespace Garam.Decoding.Hex;

/// <summary>Fields at fixed places, or one after the other.</summary>
internal sealed record LengthBasedSpec(IReadOnlyList<HexItem> Items, RoundsSpec? Rounds, bool TrailingRejected) : LayoutSpec;

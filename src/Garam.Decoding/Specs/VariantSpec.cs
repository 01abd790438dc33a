using Garam.Decoding.Checksums;

namespace Garam.Decoding.Specs;

/// <summary>One layout of a product, and when it applies.</summary>
/// <param name="When">When it applies.</param>
/// <param name="Checksum">The checksum of its frames.</param>
/// <param name="Layout">The layout; null for messages that are known and hold nothing to keep.</param>
internal sealed record VariantSpec(VariantCondition When, ChecksumSpec? Checksum, LayoutSpec? Layout);

using Garam.Decoding.Checksums;

namespace Garam.Decoding.Specs;

/// <summary>One layout of a product, and when it applies.</summary>
internal sealed record VariantSpec(VariantCondition When, ChecksumSpec? Checksum, LayoutSpec Layout);

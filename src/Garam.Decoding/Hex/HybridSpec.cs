using Garam.Decoding.Specs;

namespace Garam.Decoding.Hex;

/// <summary>Sections between separators, each laid out by length.</summary>
/// <param name="Separator">The separator's bytes.</param>
/// <param name="Header">How a section says which one it is.</param>
/// <param name="Sections">The sections by ascending id.</param>
internal sealed record HybridSpec(byte[] Separator, SectionHeader Header, IReadOnlyList<SectionSpec> Sections) : LayoutSpec;

namespace Garam.Decoding.Specs;

/// <summary>How a payload is laid out: one of the shapes of bytes, JSON or CSV.</summary>
internal abstract record LayoutSpec;

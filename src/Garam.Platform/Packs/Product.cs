using Garam.Decoding;
using Garam.Decoding.Specs;

namespace Garam.Platform.Packs;

/// <summary>A product in force: its spec, compiled, and where it came from.</summary>
/// <param name="Pack">The pack whose folder holds the file; <c>local</c> for those put over REST.</param>
/// <param name="File">Full path of the YAML file.</param>
/// <param name="Text">The file's text as loaded.</param>
public sealed record Product(string Id, string Pack, string File, string Text, ProductSpec Spec, ProductDecoder Decoder);

using Garam.Decoding.Specs;

namespace Garam.Decoding.Hex;

/// <summary>Keys, each followed by its value, in any order.</summary>
/// <param name="KeyLength">Bytes of a key, 1 to 8, the same for all.</param>
/// <param name="PrefixLength">Bytes of the length that stands between key and value; 0 when there is none.</param>
/// <param name="Entries">The keys.</param>
/// <param name="SkipLength">Bytes to skip after an unknown key; null: an unknown key fails the payload.</param>
/// <param name="SkipUnknown">Whether unknown keys are skipped by their length prefix.</param>
internal sealed record KeyValueSpec(
    int KeyLength, int PrefixLength, IReadOnlyList<KeyEntry> Entries, int? SkipLength, bool SkipUnknown) : LayoutSpec;

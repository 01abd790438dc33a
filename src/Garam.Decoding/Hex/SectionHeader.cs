namespace Garam.Decoding.Hex;

/// <summary>How a section of a hybrid payload says which one it is.</summary>
internal enum SectionHeader
{
    /// <summary>By its id if that reads the whole payload, else by its place. The document shows no payload, so both are taken.</summary>
    Auto,

    /// <summary>The byte after the separator is the section's id; sections come in any order.</summary>
    Id,

    /// <summary>Sections come in the order of their ids; there is no id byte.</summary>
    Position,
}

namespace Garam.TimeSeries;

/// <summary>Quality and role of a sample.</summary>
[Flags]
public enum SampleFlags : byte
{
    /// <summary>An ordinary measurement.</summary>
    None = 0,

    /// <summary>The value broke its contract. Stored, returned with its mark, and counted in rollups like any other.</summary>
    Suspect = 1,

    /// <summary>
    /// The value tells where the reading came from (a log position) and is not part of what it says: it does not make a
    /// repeated reading a changed one, and a repeated reading leaves the first one's value.
    /// </summary>
    Provenance = 2,
}

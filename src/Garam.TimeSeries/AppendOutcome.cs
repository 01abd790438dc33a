namespace Garam.TimeSeries;

/// <summary>What became of a reading. Exact for late readings too.</summary>
public enum AppendOutcome : byte
{
    /// <summary>At least one sample is new, none differs from what was there.</summary>
    Stored,

    /// <summary>Every sample was there already with the same value and quality: nothing changed.</summary>
    Duplicate,

    /// <summary>At least one sample had another value at that time; the new one stands.</summary>
    Replaced,

    /// <summary>The time lies before what retention has deleted: not stored, since rollups there can no longer be corrected.</summary>
    Expired,

    /// <summary>The group was deleted: not stored. Ask the store for the group again.</summary>
    GroupDeleted,
}

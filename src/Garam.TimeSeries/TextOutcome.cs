namespace Garam.TimeSeries;

/// <summary>What became of a text.</summary>
public enum TextOutcome : byte
{
    /// <summary>It differs from the text before: a new event.</summary>
    Changed,

    /// <summary>The same as the newest: only its time was noted.</summary>
    Unchanged,

    /// <summary>Longer than the limit, or one name too many: not stored.</summary>
    Refused,

    /// <summary>The group was deleted: not stored.</summary>
    GroupDeleted,
}

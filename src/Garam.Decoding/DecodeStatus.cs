namespace Garam.Decoding;

/// <summary>What became of a payload.</summary>
public enum DecodeStatus
{
    /// <summary>At least one reading came out. Rows that failed beside it are in <see cref="DecodeOutput.Errors"/>.</summary>
    Decoded,

    /// <summary>The payload is well-formed and carries nothing to keep: a WHERE was false for all of it, or it is a CSV header line alone.</summary>
    Filtered,

    /// <summary>No reading came out; <see cref="DecodeOutput.Errors"/> says why.</summary>
    Failed,
}

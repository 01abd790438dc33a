namespace Garam.Decoding;

/// <summary>Quality marks of a reading.</summary>
[Flags]
public enum ReadingFlags : byte
{
    None = 0,

    /// <summary>A value is outside its valid range, not a finite number, not in its enum, or a required metric is missing. The metrics are listed as violations.</summary>
    Suspect = 1,
}

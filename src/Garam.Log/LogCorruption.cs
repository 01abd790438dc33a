namespace Garam.Log;

/// <summary>A stretch of a segment that cannot be read. Records before and after it are intact.</summary>
/// <param name="File">The segment's path.</param>
/// <param name="Offset">Where the unreadable bytes begin, from the start of the file.</param>
/// <param name="Bytes">How many there are; 0 when a whole file is missing.</param>
/// <param name="First">The first record lost.</param>
/// <param name="Records">How many records are lost, 0 when only the segment's header is damaged.</param>
public sealed record LogCorruption(string File, long Offset, long Bytes, LogPosition First, long Records);

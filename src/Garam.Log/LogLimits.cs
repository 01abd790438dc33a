namespace Garam.Log;

/// <summary>Every limit of the log that is not an option, each with why this number.</summary>
internal static class LogLimits
{
    /// <summary>The frame keeps its length in 24 bits; a record is a message, not a file.</summary>
    internal const int RecordBytesMax = (1 << 24) - 1;

    /// <summary>The index keeps offsets in 32 bits.</summary>
    internal const long SegmentBytesMax = uint.MaxValue & ~3L;

    /// <summary>Below this a segment is mostly header; tests use sizes near it.</summary>
    internal const int SegmentBytesMin = 1024;

    /// <summary>One entry for every 64 KiB: random access then reads one stretch that a disk delivers in one go (about 20 µs
    /// from the page cache), and the index of a 256 MiB segment is 32 KiB.</summary>
    internal const int IndexStrideBytes = 64 * 1024;

    /// <summary>A rotten disk must not fill the memory with reports; 1000 places are more than a person reads.</summary>
    internal const int CorruptionsReportedMax = 1000;

    /// <summary>File systems take 255 bytes a name, and the suffixes need some.</summary>
    internal const int CheckpointNameLengthMax = 64;

    /// <summary>A checkpoint is a consumer of the log, a handful in practice; all are looked through on each retention.</summary>
    internal const int CheckpointsMax = 1024;

    /// <summary>How often a full disk is tried again: soon enough for a person who just made room, seldom enough to cost nothing.</summary>
    internal static readonly TimeSpan FullRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the free space is looked at while writing into space that is already allocated.</summary>
    internal static readonly TimeSpan FreeSpaceCheckInterval = TimeSpan.FromSeconds(1);

    /// <summary>Window of a sequential scan: large enough that system calls do not count beside the checksum.</summary>
    internal const int ScanBufferBytes = 256 * 1024;
}

namespace Garam.Log;

/// <summary>How a log is kept. All sizes are bytes.</summary>
public sealed record LogOptions
{
    /// <summary>A segment is closed before it grows beyond this. Retention removes whole segments.</summary>
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>A segment is closed when its first record is older than this, so that retention by age works at low rates too.</summary>
    public TimeSpan SegmentAgeMax { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Disk space is taken in steps of this size, so that most flushes change no metadata of the file.</summary>
    public long PreallocateBytes { get; init; } = 32L << 20;

    /// <summary>The largest record, header and body together: 1 MiB of payload and room for what the platform puts before it.</summary>
    public int RecordBytesMax { get; init; } = (1 << 20) + (64 << 10);

    /// <summary>Size of each of the two group buffers. An append that does not fit is refused: this is the hard bound.</summary>
    public int GroupBytesMax { get; init; } = 8 << 20;

    /// <summary>With more unflushed bytes than this <see cref="DurableLog.IsCongested"/> is true: the soft bound.</summary>
    public int CongestedBytes { get; init; } = 4 << 20;

    /// <summary>The longest time a group waits for more records while records keep coming. Zero switches the delay off.</summary>
    public TimeSpan GroupDelayMax { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The log stops taking records when the disk has less free space than this, so that the disk is never truly full.</summary>
    public long FreeBytesReserve { get; init; } = 256L << 20;

    /// <summary>Segments whose newest record is older are removed by <see cref="DurableLog.ApplyRetention"/>; null keeps them.</summary>
    public TimeSpan? RetainFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The oldest segments are removed until no more than this is left; null keeps them.</summary>
    public long? RetainBytes { get; init; } = 16L << 30;

    /// <summary>Reads and verifies every segment when opening, not only those that were not closed in order.</summary>
    public bool VerifyAllOnOpen { get; init; }

    /// <summary>Makes the salt of a new log repeatable, for simulations; null takes one from the system.</summary>
    public int? Seed { get; init; }

    /// <summary>Called on the flush thread after each flush with its duration (write and sync). Must return quickly and not throw.</summary>
    public Action<TimeSpan>? FlushObserved { get; init; }

    /// <summary>Called when a reader meets an unreadable stretch, on the reader's thread. Must not throw.</summary>
    public Action<LogCorruption>? CorruptionFound { get; init; }

    /// <summary>Everything that is wrong with these options, each with the key and what is allowed; empty when they are usable.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(SegmentBytes is >= LogLimits.SegmentBytesMin and <= LogLimits.SegmentBytesMax,
            $"SegmentBytes is {SegmentBytes}; allowed are {LogLimits.SegmentBytesMin} to {LogLimits.SegmentBytesMax}.");
        Check(SegmentAgeMax > TimeSpan.Zero, $"SegmentAgeMax is {SegmentAgeMax}; it must be positive.");
        Check(PreallocateBytes >= 0, $"PreallocateBytes is {PreallocateBytes}; it must not be negative (0 allocates only what is written).");
        Check(RecordBytesMax is >= 1 and <= LogLimits.RecordBytesMax,
            $"RecordBytesMax is {RecordBytesMax}; allowed are 1 to {LogLimits.RecordBytesMax}.");
        Check(GroupBytesMax >= Frames.Frame.SizeOf(Math.Clamp(RecordBytesMax, 0, LogLimits.RecordBytesMax)),
            $"GroupBytesMax is {GroupBytesMax}; it must hold one record of RecordBytesMax ({RecordBytesMax}) and its frame.");
        Check(GroupBytesMax <= 1 << 30, $"GroupBytesMax is {GroupBytesMax}; at most {1 << 30} is allowed.");
        Check(SegmentBytes - Segments.SegmentHeader.Bytes >= GroupBytesMax,
            $"SegmentBytes is {SegmentBytes}; it must hold a whole group of GroupBytesMax ({GroupBytesMax}) and the header.");
        Check(CongestedBytes > 0 && CongestedBytes <= GroupBytesMax,
            $"CongestedBytes is {CongestedBytes}; allowed are 1 to GroupBytesMax ({GroupBytesMax}).");
        Check(GroupDelayMax >= TimeSpan.Zero && GroupDelayMax <= TimeSpan.FromSeconds(1),
            $"GroupDelayMax is {GroupDelayMax}; allowed are zero to one second.");
        Check(FreeBytesReserve >= 0, $"FreeBytesReserve is {FreeBytesReserve}; it must not be negative.");
        Check(RetainFor is null || RetainFor > TimeSpan.Zero, $"RetainFor is {RetainFor}; it must be positive, or absent to keep everything.");
        Check(RetainBytes is null or > 0, $"RetainBytes is {RetainBytes}; it must be positive, or absent to keep everything.");
        return errors;

        void Check(bool holds, string error)
        {
            if (!holds) errors.Add(error);
        }
    }
}

namespace Garam.Log;

/// <summary>What opening the log found and mended.</summary>
public sealed record LogRecovery
{
    /// <summary>Bytes cut from the end: a group that was being written when the process or the machine stopped, never acknowledged.</summary>
    public long TailBytesCut { get; init; }

    /// <summary>Unreadable stretches found, oldest first, at most 1000 (the last one then stands for all that follow).</summary>
    public IReadOnlyList<LogCorruption> Corruptions { get; init; } = [];

    /// <summary>Names of checkpoints whose file is unreadable. Retention removes nothing until each is set again or removed.</summary>
    public IReadOnlyList<string> DamagedCheckpoints { get; init; } = [];

    /// <summary>Bytes of segments that were read and verified.</summary>
    public long BytesScanned { get; init; }

    /// <summary>How long opening took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many acknowledged records are lost to corruption.</summary>
    public long RecordsLost => Corruptions.Sum(corruption => corruption.Records);
}

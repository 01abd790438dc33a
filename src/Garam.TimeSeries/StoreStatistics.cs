namespace Garam.TimeSeries;

/// <summary>Figures of a store.</summary>
/// <param name="Groups">Groups known.</param>
/// <param name="Commits">Commits completed since it was opened.</param>
/// <param name="LastCommit">How long the last one took on its own thread.</param>
/// <param name="DamagedBlobs">Stored blobs met since it was opened that did not decode.</param>
/// <param name="UncommittedRows">Rows waiting for a commit in full buffers; the caller slows down when it grows too large.</param>
/// <param name="DatabaseBytes">Size of the database file, its write-ahead log not counted.</param>
public readonly record struct StoreStatistics(
    int Groups, long Commits, TimeSpan LastCommit, long DamagedBlobs, long UncommittedRows, long DatabaseBytes);

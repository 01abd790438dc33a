using Garam.Log.Storage;

namespace Garam.Log.Segments;

/// <summary>
/// Removes segments from the oldest on. Each removal is durable before the next, so that a crash never leaves a gap; the
/// segment leaves the list first, so that nobody opens it any more.
/// </summary>
internal sealed class RetentionPass(
    string directory, LogOptions options, ILogStorage storage, SegmentList segments, long? neededFrom, DateTimeOffset now)
{
    internal long Run()
    {
        var removed = 0L;
        var snapshot = segments.Snapshot;
        var kept = snapshot.Sum(segment => segment.End.Offset);
        for (var i = 0; i + 1 < snapshot.Length; i++)
        {
            var segment = snapshot[i];
            // The next segment was begun after this one's newest record.
            if (!MayGo(snapshot[i + 1], kept)) break;
            var bytes = segment.End.Offset;
            segments.RemoveOldest();
            storage.Delete(LogFiles.Index(segment.FilePath));
            storage.Delete(segment.FilePath);
            storage.FlushDirectory(directory);
            kept -= bytes;
            removed += bytes;
        }
        return removed;
    }

    private bool MayGo(Segment following, long keptBytes)
    {
        if (following.First > (neededFrom ?? long.MaxValue)) return false;
        return keptBytes > options.RetainBytes || now - following.Created > options.RetainFor;
    }
}

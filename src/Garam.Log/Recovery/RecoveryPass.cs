using Garam.Log.Checkpoints;
using Garam.Log.Segments;
using Garam.Log.Storage;

namespace Garam.Log.Recovery;

/// <summary>
/// Finds out what a folder holds and makes it ready for appending. May itself be interrupted at any point and run again.
/// <list type="number">
/// <item>The format: a newer one is refused before anything is touched.</item>
/// <item>Every segment but the newest is closed: its index tells its end if that is where the next one begins; else it is read.</item>
/// <item>The newest is read from where its index ends (the last close in order) and cut behind its last intact record. Its last
/// group is written again, the same bytes to the same place, and flushed: what readers get from here on must not disappear in
/// a later crash, and after a flush that failed the system takes pages for clean that never reached the disk.</item>
/// <item>Numbering goes on behind the last record, and never below one that is known to have been durable.</item>
/// </list>
/// </summary>
internal sealed class RecoveryPass(string directory, LogOptions options, ILogStorage storage, TimeProvider time)
{
    private readonly List<LogCorruption> _corruptions = [];
    private readonly List<Segment> _segments = [];
    private long _bytesScanned;
    private long _tailBytesCut;
    private uint _salt;

    /// <summary>Records before this were durable: a checkpoint or the index of a log that was closed in order says so.</summary>
    private long _durableBefore;

    internal uint Salt => _salt;

    internal IReadOnlyList<Segment> Segments => _segments;

    internal CheckpointStore Checkpoints { get; private set; } = null!;

    /// <summary>The position of the next record.</summary>
    internal long Next { get; private set; }

    /// <summary>The newest segment's file when appending goes on in it.</summary>
    internal ILogFile? NewestFile { get; private set; }

    internal LogRecovery Run()
    {
        var start = time.GetTimestamp();
        var names = storage.List(directory);
        var firsts = SegmentsIn(names);
        _salt = new Identity(directory, options, storage).FindSalt(firsts);
        foreach (var name in names)
            if (name.EndsWith(LogFiles.UnfinishedSuffix, StringComparison.Ordinal)) storage.Delete(Path.Combine(directory, name));
        Checkpoints = new CheckpointStore(directory, storage, names);
        _durableBefore = Checkpoints.Highest;
        for (var i = 0; i < firsts.Count; i++)
        {
            ReportMissing(firsts[i]);
            if (i + 1 < firsts.Count) OpenClosed(firsts[i], firsts[i + 1]);
            else OpenNewest(firsts[i]);
        }
        SkipWhatIsGone();
        return new LogRecovery
        {
            TailBytesCut = _tailBytesCut,
            Corruptions = _corruptions,
            DamagedCheckpoints = Checkpoints.Damaged,
            BytesScanned = _bytesScanned,
            Elapsed = time.GetElapsedTime(start),
        };
    }

    private static List<long> SegmentsIn(IReadOnlyList<string> names)
    {
        var firsts = new List<long>();
        foreach (var name in names)
            if (LogFiles.TryParseSegment(name, out var first)) firsts.Add(first);
        firsts.Sort();
        return firsts;
    }

    private void OpenClosed(long first, long following)
    {
        var path = LogFiles.Segment(directory, first);
        using var file = storage.OpenRead(path);
        var segment = NewSegment(path, first, file, mayBeNew: false);
        var known = segment.LoadIndex();
        if (known is null || known.EndPosition != following || options.VerifyAllOnOpen)
        {
            var index = known is null || options.VerifyAllOnOpen ? new SegmentIndex(first) : known;
            Scan(segment, file, index, durableBefore: long.MaxValue);
            if (index.EndPosition > following) throw Overlap(path, index.EndPosition, following);
            segment.SetEnd(index.EndPosition, index.EndOffset, index);
            segment.WriteIndex();
            known = index;
        }
        segment.SetEnd(known.EndPosition, known.EndOffset, index: null);
        _segments.Add(segment);
        Next = known.EndPosition;
    }

    private void OpenNewest(long first)
    {
        var path = LogFiles.Segment(directory, first);
        var file = storage.OpenOrCreate(path);
        try
        {
            CutAndResume(path, first, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void CutAndResume(string path, long first, ILogFile file)
    {
        var segment = NewSegment(path, first, file, mayBeNew: true);
        var known = segment.LoadIndex();
        _durableBefore = Math.Max(_durableBefore, known?.EndPosition ?? 0);
        // An index that claims more than there is belongs to bytes that are gone.
        var trusted = known is not null && !options.VerifyAllOnOpen && known.EndOffset <= file.Length;
        var index = trusted ? known! : new SegmentIndex(first);
        var scan = Scan(segment, file, index, _durableBefore);
        _tailBytesCut = scan.TailBytes;
        file.SetLength(index.EndOffset);
        WriteAgain(file, scan.LastGroupOffset, index.EndOffset);
        file.Flush();
        storage.FlushDirectory(directory);
        segment.SetEnd(index.EndPosition, index.EndOffset, index);
        _segments.Add(segment);
        NewestFile = file;
        Next = index.EndPosition;
    }

    private Segment NewSegment(string path, long first, ILogFile file, bool mayBeNew)
    {
        var header = SegmentHeader.Read(file);
        // Not damage but a mistake: going on would take every record in it for damaged.
        if (header is { } intact && (intact.First != first || intact.Salt != _salt))
            throw new InvalidDataException($"{path} has another name than it was given, or belongs to another log. Put the folder back as it was, or restore it from a backup.");
        var created = header?.Created ?? time.GetUtcNow();
        if (header is null)
        {
            // A crash while a segment was begun leaves one without a header and without records.
            var begun = mayBeNew && file.Length <= SegmentHeader.Bytes;
            if (!begun) Report(new LogCorruption(path, 0, SegmentHeader.Bytes, new LogPosition(first), 0));
        }
        if (mayBeNew) WriteHeader(file, first, created);
        return new Segment(storage, path, first, created, _salt);
    }

    private void WriteHeader(ILogFile file, long first, DateTimeOffset created)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.Bytes];
        new SegmentHeader(_salt, first, created).Write(bytes);
        file.WriteAll(0, bytes);
    }

    private static void WriteAgain(ILogFile file, long from, long end)
    {
        var buffer = new byte[(int)Math.Min(LogLimits.ScanBufferBytes, end - from)];
        while (from < end)
        {
            var bytes = buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - from));
            if (file.ReadAt(from, bytes) < bytes.Length) throw new EndOfStreamException("A segment became shorter while it was opened.");
            file.WriteAll(from, bytes);
            from += bytes.Length;
        }
    }

    private SegmentScan Scan(Segment segment, ILogFile file, SegmentIndex index, long durableBefore)
    {
        var scan = new SegmentScan { Segment = segment, Salt = _salt, RecordBytesMax = LogLimits.RecordBytesMax, DurableBefore = durableBefore };
        scan.Run(file, index);
        foreach (var corruption in scan.Corruptions) Report(corruption);
        _bytesScanned += scan.BytesScanned;
        return scan;
    }

    /// <summary>Records between the end of the last segment read and the beginning of the next are not there.</summary>
    private void ReportMissing(long first)
    {
        if (_segments.Count == 0) Next = first;
        if (Next >= first) return;
        var (file, offset) = _segments.Count == 0 ? (directory, 0) : (_segments[^1].FilePath, _segments[^1].End.Offset);
        Report(new LogCorruption(file, offset, 0, new LogPosition(Next), first - Next));
    }

    /// <summary>
    /// Records that were durable are gone. Their numbers must not be given again: consumers would skip the new ones.
    /// </summary>
    private void SkipWhatIsGone()
    {
        if (_durableBefore <= Next) return;
        if (_segments.Count > 0)
        {
            ReportMissing(_durableBefore);
            _segments[^1].WriteIndex();
        }
        Next = _durableBefore;
        NewestFile?.Dispose();
        NewestFile = null;
    }

    private void Report(LogCorruption corruption)
    {
        if (_corruptions.Count < LogLimits.CorruptionsReportedMax)
        {
            _corruptions.Add(corruption);
            return;
        }
        var last = _corruptions[^1];
        _corruptions[^1] = last with { Records = last.Records + corruption.Records, Bytes = last.Bytes + corruption.Bytes };
    }

    private static InvalidDataException Overlap(string path, long end, long following) =>
        new($"{path} holds records up to {end}, but the next segment begins with {following}. Two logs have been mixed in one folder; restore it from a backup.");
}

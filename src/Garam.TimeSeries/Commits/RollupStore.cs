using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Rollups;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Commits;

/// <summary>
/// Rollups inside a transaction. They hold exactly the samples of closed blocks, with one exception: a block with few
/// samples a minute is not in the minutes, which would be about as large as its samples; they are folded from it when
/// asked, and stored when retention takes the samples.
/// </summary>
internal sealed class RollupStore(StoreWriter writer, DamageLog damage)
{
    /// <summary>
    /// A minute takes some four bytes a series and a sample half a byte: below eight samples stored minutes would double the
    /// disk, and folding them from a week of samples costs 3 ms.
    /// </summary>
    private const int SamplesPerMinuteMin = 8;

    private readonly RollupWriter encoder = new();
    private readonly ByteSink blob = new();
    private readonly BucketRows folded = new();
    private readonly BucketRows minutes = new();
    private readonly BucketRows hours = new();
    private readonly BucketRows days = new();
    private readonly BucketRows stored = new();
    private readonly BucketRows decoded = new();
    private readonly List<long> ids = [];

    private delegate void BucketEdit(BucketRows stored, BucketRows change);

    /// <summary>Counts the samples of a block that closes; they are newer than all counted before. Answers whether the minutes have them.</summary>
    public bool Continue(Track track, RowBuffer rows)
    {
        minutes.FoldSamples(rows, RollupLevel.Minute.WidthUs());
        var inMinutes = minutes.Count < 2 || SamplesPerMinuteMin * minutes.Count <= rows.Count;
        if (inMinutes) Continue(track, RollupLevel.Minute, minutes);
        hours.FoldBuckets(minutes, RollupLevel.Hour.WidthUs());
        Continue(track, RollupLevel.Hour, hours);
        days.FoldBuckets(hours, RollupLevel.Day.WidthUs());
        Continue(track, RollupLevel.Day, days);
        return inMinutes;
    }

    /// <summary>Makes the buckets again that hold these late rows, which are in their blocks by now.</summary>
    public void Refresh(Track track, RowBuffer late, BlockStore blocks)
    {
        var runs = Runs(late, RollupLevel.Minute);
        for (var at = 0; at < runs.Count;)
        {
            // A day of minutes is edited at once: scattered late rows would else write the same stored row again and again.
            var end = at;
            minutes.Reset(track.Columns);
            for (; end < runs.Count && (end == at || runs[end].To - runs[at].From <= UtcTime.DayUs); end++)
            {
                folded.FoldSamples(blocks.ReadInMinutes(track, runs[end].From, runs[end].To), RollupLevel.Minute.WidthUs());
                minutes.AddRange(folded, 0, folded.Count);
            }

            Replace(track, RollupLevel.Minute, runs[at..end], minutes);
            at = end;
        }

        foreach (var run in Runs(late, RollupLevel.Hour))
        {
            ReadMinutes(track, run.From, run.To, blocks);
            hours.FoldBuckets(minutes, RollupLevel.Hour.WidthUs());
            Replace(track, RollupLevel.Hour, [run], hours);
        }

        foreach (var run in Runs(late, RollupLevel.Day))
        {
            Read(track, RollupLevel.Hour, run.From, run.To, hours);
            days.FoldBuckets(hours, RollupLevel.Day.WidthUs());
            Replace(track, RollupLevel.Day, [run], days);
        }
    }

    /// <summary>Stores the minutes of a block that was not in them; its neighbours may be there and share its first and last one.</summary>
    public void IncludeMinutes(Track track, RowBuffer rows)
    {
        minutes.FoldSamples(rows, RollupLevel.Minute.WidthUs());
        Edit(track, RollupLevel.Minute, minutes.Start(0), minutes.Start(minutes.Count - 1) + 1, minutes, static (stored, change) => stored.Include(change, long.MinValue, long.MaxValue));
    }

    private void Continue(Track track, RollupLevel level, BucketRows newer) =>
        Edit(track, level, newer.Start(0), long.MaxValue, newer, static (stored, change) => stored.Continue(change));

    private void Replace(Track track, RollupLevel level, List<(long From, long To)> runs, BucketRows buckets) =>
        Edit(track, level, runs[0].From, runs[^1].To, buckets, (stored, change) =>
        {
            foreach (var (from, to) in runs) stored.Replace(from, to, change);
        });

    /// <summary>All minutes of closed blocks in [from, to): the stored ones, and those of the blocks that are not in them.</summary>
    private void ReadMinutes(Track track, long from, long to, BlockStore blocks)
    {
        Read(track, RollupLevel.Minute, from, to, minutes);
        foreach (var rows in blocks.NotInMinutes(track, from, to))
        {
            folded.FoldSamples(rows, RollupLevel.Minute.WidthUs());
            minutes.Include(folded, from, to);
        }
    }

    /// <summary>The buckets that hold the rows, neighbours joined.</summary>
    private static List<(long From, long To)> Runs(RowBuffer rows, RollupLevel level)
    {
        var width = level.WidthUs();
        var runs = new List<(long From, long To)>();
        foreach (var time in rows.Times)
        {
            var start = UtcTime.Floor(time, width);
            if (runs.Count > 0 && start <= runs[^1].To) runs[^1] = (runs[^1].From, start + width);
            else runs.Add((start, start + width));
        }

        return runs;
    }

    private void Read(Track track, RollupLevel level, long from, long to, BucketRows target)
    {
        target.Reset(track.Columns);
        var rows = writer.RollupsInRange.Bind(1, track.Id).Bind(2, from).Bind(3, to).Bind(4, (long)level);
        while (rows.Step())
            if (TryDecode(track, level, rows.Blob(3))) target.AddRange(decoded, decoded.LowerBound(from), decoded.LowerBound(to));
    }

    /// <summary>Changes the stored buckets around [from, to): reads their rows, edits, writes them back cut to size.</summary>
    private void Edit(Track track, RollupLevel level, long from, long to, BucketRows change, BucketEdit edit)
    {
        stored.Reset(track.Columns);
        ids.Clear();
        var rows = writer.RollupsInRange.Bind(1, track.Id).Bind(2, from).Bind(3, to).Bind(4, (long)level);
        while (rows.Step())
        {
            if (!TryDecode(track, level, rows.Blob(3))) continue;
            ids.Add(rows.Int64(0));
            stored.AddRange(decoded, 0, decoded.Count);
        }

        edit(stored, change);
        var written = 0;
        for (var at = 0; at < stored.Count; written++)
        {
            var count = Math.Min(RollupChunk.BucketsMax, stored.Count - at);
            Put(track, level, at, count, written < ids.Count ? ids[written] : null);
            at += count;
        }

        for (; written < ids.Count; written++) writer.DeleteRollup.Bind(1, ids[written]).Run();
    }

    private void Put(Track track, RollupLevel level, int from, int count, long? id)
    {
        blob.Clear();
        encoder.Write(blob, level, stored, from, count);
        var first = stored.Start(from);
        var last = stored.Start(from + count - 1);
        if (id is { } existing)
        {
            writer.UpdateRollup.Bind(1, existing).Bind(2, first).Bind(3, last).Bind(4, blob.Written).Run();
            return;
        }

        writer.InsertRollup.Bind(1, track.Id).Bind(2, (long)level).Bind(3, first).Bind(4, last).Bind(5, blob.Written).Run();
    }

    private bool TryDecode(Track track, RollupLevel level, ReadOnlySpan<byte> data)
    {
        decoded.Reset(track.Columns);
        if (RollupReader.TryOpen(data, level, RollupScratch.Current, out var reader) && reader.TryReadAll(decoded)) return true;
        damage.Report(track, "rollup");
        return false;
    }
}

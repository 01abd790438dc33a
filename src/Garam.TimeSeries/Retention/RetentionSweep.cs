using Garam.TimeSeries.Commits;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Rollups;
using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Retention;

/// <summary>
/// Deletes what is older than its limit, whole blocks only. Before samples go, the track refuses older ones: a bucket
/// whose samples are gone can be read but no longer corrected. An open block that is too old is asked to close, and
/// goes in a later sweep, when its samples are in the rollups.
/// </summary>
internal sealed class RetentionSweep(TimeSeriesOptions options, StoreWriter writer, DamageLog damage)
{
    private readonly BlockStore blocks = new(writer, damage);
    private readonly RollupStore rollups = new(writer, damage);

    private readonly SqliteStatement oldBlocks = writer.Prepare(
        "SELECT id, first_time, last_time, data, in_minutes FROM block WHERE track_id = ?1 AND first_time < ?2 AND last_time < ?2 ORDER BY first_time LIMIT ?3");

    private readonly SqliteStatement oldRollups = writer.Prepare(
        "DELETE FROM rollup WHERE id IN (SELECT id FROM rollup WHERE track_id = ?1 AND level = ?4 AND first_time < ?2 AND last_time < ?2 LIMIT ?3)");

    private readonly SqliteStatement oldTexts = writer.Prepare(
        "DELETE FROM text_event WHERE text_id = ?1 AND time IN (SELECT time FROM text_event WHERE text_id = ?1 AND time < ?2 LIMIT ?3)");

    /// <summary>Deletes at most so many rows of one group; answers how many went.</summary>
    public int Sweep(SeriesGroup group, long nowUs, int rowsMax)
    {
        var policy = options.RetentionClasses.GetValueOrDefault(group.RetentionClass, options.Retention);
        var rawCutoff = policy.CutoffUs(0, nowUs);
        var deleted = 0;
        foreach (var track in Tracks(group))
        {
            if (rawCutoff > long.MinValue) deleted += SweepSamples(group, track, rawCutoff, policy.CutoffUs(1, nowUs), rowsMax - deleted);
            foreach (var level in RollupLevels.All)
            {
                var cutoff = policy.CutoffUs((int)level, nowUs);
                if (cutoff == long.MinValue) continue;
                oldRollups.Bind(1, track.Id).Bind(2, cutoff).Bind(3, rowsMax - deleted).Bind(4, (long)level).Run();
                deleted += writer.Database.Changes;
            }
        }

        if (rawCutoff == long.MinValue) return deleted;
        foreach (var text in TextIds(group))
        {
            oldTexts.Bind(1, text).Bind(2, rawCutoff).Bind(3, rowsMax - deleted).Run();
            deleted += writer.Database.Changes;
        }

        return deleted;
    }

    private int SweepSamples(SeriesGroup group, Track track, long cutoff, long minuteCutoff, int rowsMax)
    {
        var deleted = DeleteBlocks(track, cutoff, minuteCutoff, rowsMax);
        lock (group.Gate)
        {
            if (deleted > 0)
            {
                track.RawHorizon = Math.Max(track.RawHorizon, cutoff);
                writer.SetHorizon.Bind(1, track.Id).Bind(2, track.RawHorizon).Run();
            }

            RequestClose(group, track, cutoff);
        }

        return deleted;
    }

    private int DeleteBlocks(Track track, long cutoff, long minuteCutoff, int rowsMax)
    {
        var old = new List<StoredBlock>();
        oldBlocks.Bind(1, track.Id).Bind(2, cutoff).Bind(3, rowsMax);
        while (oldBlocks.Step()) old.Add(StoreReader.Block(oldBlocks));
        foreach (var block in old)
        {
            if (!block.InMinutes && block.LastTime >= minuteCutoff && blocks.Decode(track, block) is { } rows) rollups.IncludeMinutes(track, rows);
            writer.DeleteBlock.Bind(1, block.Id).Run();
        }

        return old.Count;
    }

    private static void RequestClose(SeriesGroup group, Track track, long cutoff)
    {
        for (var column = 0; column < track.Newest.Columns; column++)
            if (!Chunks.Cell.IsAbsent(track.Newest.Value(column)) && track.Newest.Time(column) >= cutoff) return;
        group.Load(track);
        if (track.Chunks.Count == 0 && track.Sealed.Count == 0 && track.Tail.Count == 0) return;
        track.CloseRequested = true;
        group.MarkDirty(track);
    }

    private static Track[] Tracks(SeriesGroup group)
    {
        lock (group.Gate) return [.. group.Tracks];
    }

    private static long[] TextIds(SeriesGroup group)
    {
        lock (group.Gate) return [.. group.Texts.Select(text => text.Id)];
    }
}

namespace Garam.TimeSeries.Storage;

/// <summary>A connection with the statements that read. One user at a time.</summary>
internal sealed class StoreReader : IDisposable
{
    /// <summary>Blocks of a track do not overlap: the one that starts last before a time is the only older one to hold it.</summary>
    internal const string BlocksInRange =
        """
        SELECT id, first_time, last_time, data, in_minutes FROM block
        WHERE track_id = ?1 AND first_time < ?3
          AND first_time >= ifnull((SELECT max(first_time) FROM block WHERE track_id = ?1 AND first_time <= ?2), ?2)
        ORDER BY first_time
        """;

    internal const string RollupsInRange =
        """
        SELECT id, first_time, last_time, data FROM rollup
        WHERE track_id = ?1 AND level = ?4 AND first_time < ?3
          AND first_time >= ifnull((SELECT max(first_time) FROM rollup WHERE track_id = ?1 AND level = ?4 AND first_time <= ?2), ?2)
        ORDER BY first_time
        """;

    private readonly SqliteDatabase database;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement end;
    private readonly SqliteStatement openBlock;
    private readonly SqliteStatement bounds;
    private readonly SqliteStatement blockBefore;
    private readonly SqliteStatement blockAfter;
    private readonly SqliteStatement blocks;
    private readonly SqliteStatement sparseBlocks;
    private readonly SqliteStatement rollups;
    private readonly SqliteStatement blockStats;
    private readonly SqliteStatement rowsBetween;
    private readonly SqliteStatement textEvents;
    private readonly SqliteStatement textBefore;

    public StoreReader(string path)
    {
        database = SqliteDatabase.Open(path);
        database.Execute("PRAGMA query_only = 1; PRAGMA cache_size = -4096; PRAGMA mmap_size = 268435456");
        begin = database.Prepare("BEGIN");
        end = database.Prepare("COMMIT");
        openBlock = database.Prepare("SELECT open_from, raw_horizon, data FROM open_block WHERE track_id = ?1");
        bounds = database.Prepare("SELECT open_from, raw_horizon FROM open_block WHERE track_id = ?1");
        blockBefore = database.Prepare(
            "SELECT id, first_time, last_time, data, in_minutes FROM block WHERE track_id = ?1 AND first_time <= ?2 ORDER BY first_time DESC LIMIT 1");
        blockAfter = database.Prepare("SELECT ifnull(min(first_time), 9223372036854775807) FROM block WHERE track_id = ?1 AND first_time > ?2");
        blocks = database.Prepare(BlocksInRange);
        sparseBlocks = database.Prepare(BlocksInRange.Replace("ORDER BY", "AND in_minutes = 0 ORDER BY", StringComparison.Ordinal));
        rollups = database.Prepare(RollupsInRange);
        blockStats = database.Prepare(
            "SELECT count(*), ifnull(sum(row_count), 0), ifnull(sum(length(data)), 0), ifnull(min(first_time), 0) FROM block WHERE track_id = ?1");
        rowsBetween = database.Prepare(
            "SELECT ifnull(sum(row_count), 0) FROM block WHERE track_id = ?1 AND first_time < ?3 AND last_time >= ?2");
        textEvents = database.Prepare("SELECT time, value FROM text_event WHERE text_id = ?1 AND time >= ?2 AND time < ?3 ORDER BY time");
        textBefore = database.Prepare("SELECT time, value FROM text_event WHERE text_id = ?1 AND time < ?2 ORDER BY time DESC LIMIT 1");
    }

    /// <summary>All reads until <see cref="EndSnapshot"/> see one state of the database.</summary>
    public void BeginSnapshot() => begin.Run();

    public void EndSnapshot() => end.Run();

    /// <summary>The open block's row; false when the track has none yet.</summary>
    public bool TryOpenBlock(long trackId, out long openFrom, out long rawHorizon, out byte[] data)
    {
        openBlock.Bind(1, trackId);
        if (!openBlock.Step())
        {
            (openFrom, rawHorizon, data) = (long.MinValue, long.MinValue, []);
            return false;
        }

        (openFrom, rawHorizon, data) = (openBlock.Int64(0), openBlock.Int64(1), openBlock.Blob(2).ToArray());
        openBlock.Reset();
        return true;
    }

    /// <summary>Where in this snapshot closed blocks and rollups end, and where samples begin; the least time for a track without any.</summary>
    public (long OpenFrom, long RawHorizon) Bounds(long trackId)
    {
        bounds.Bind(1, trackId);
        if (!bounds.Step()) return (long.MinValue, long.MinValue);
        var found = (bounds.Int64(0), bounds.Int64(1));
        bounds.Reset();
        return found;
    }

    /// <summary>The block that spans a time, or null and the gap the time lies in (both ends inclusive).</summary>
    public StoredBlock? BlockAround(long trackId, long time, out long gapFrom, out long gapTo)
    {
        gapFrom = long.MinValue;
        gapTo = long.MaxValue;
        blockBefore.Bind(1, trackId).Bind(2, time);
        if (blockBefore.Step())
        {
            var block = Block(blockBefore);
            blockBefore.Reset();
            if (block.LastTime >= time) return block;
            gapFrom = block.LastTime + 1;
        }

        blockAfter.Bind(1, trackId).Bind(2, time);
        if (blockAfter.Step()) gapTo = blockAfter.Int64(0) - 1;
        blockAfter.Reset();
        return null;
    }

    /// <summary>Blocks that may hold times of [from, to), in time order. Step, read <see cref="Block"/>, stop at false.</summary>
    public SqliteStatement Blocks(long trackId, long from, long to) => blocks.Bind(1, trackId).Bind(2, from).Bind(3, to);

    /// <summary>As <see cref="Blocks"/>, only those that are not in the minute rollups.</summary>
    public SqliteStatement SparseBlocks(long trackId, long from, long to) => sparseBlocks.Bind(1, trackId).Bind(2, from).Bind(3, to);

    public SqliteStatement Rollups(long trackId, int level, long from, long to) =>
        rollups.Bind(1, trackId).Bind(2, from).Bind(3, to).Bind(4, level);

    /// <summary>Number, rows, bytes and first time of a track's closed blocks.</summary>
    public (long Blocks, long Rows, long Bytes, long FirstTime) BlockStats(long trackId)
    {
        blockStats.Bind(1, trackId).Step();
        var stats = (blockStats.Int64(0), blockStats.Int64(1), blockStats.Int64(2), blockStats.Int64(3));
        blockStats.Reset();
        return stats;
    }

    /// <summary>Rows of the closed blocks that touch [from, to).</summary>
    public long RowsBetween(long trackId, long from, long to)
    {
        rowsBetween.Bind(1, trackId).Bind(2, from).Bind(3, to).Step();
        var rows = rowsBetween.Int64(0);
        rowsBetween.Reset();
        return rows;
    }

    public SqliteStatement TextEvents(long textId, long from, long to) => textEvents.Bind(1, textId).Bind(2, from).Bind(3, to);

    public SqliteStatement TextBefore(long textId, long time) => textBefore.Bind(1, textId).Bind(2, time);

    internal static StoredBlock Block(SqliteStatement row) => new(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(4) != 0, row.Blob(3).ToArray());

    public void Dispose()
    {
        foreach (var statement in new[]
                 {
                     begin, end, openBlock, bounds, blockBefore, blockAfter, blocks, sparseBlocks, rollups, blockStats, rowsBetween, textEvents, textBefore,
                 })
            statement.Dispose();
        database.Dispose();
    }
}

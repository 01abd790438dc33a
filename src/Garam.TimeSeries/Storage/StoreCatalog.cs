using Garam.TimeSeries.Commits;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Texts;

namespace Garam.TimeSeries.Storage;

/// <summary>Loads what is in memory from the start: groups, series, newest values and texts. Samples stay on disk.</summary>
internal sealed class StoreCatalog(SqliteDatabase database, HeadContext context, DamageLog damage)
{
    private readonly Dictionary<long, SeriesGroup> groups = [];
    private readonly Dictionary<long, Track> tracks = [];

    public long LastGroupId { get; private set; }

    public byte[] Token { get; private set; } = [];

    public IReadOnlyCollection<SeriesGroup> Load()
    {
        LoadToken();
        LoadGroups();
        LoadSeries();
        LoadNewest();
        LoadTexts();
        LastGroupId = database.QueryInt64("SELECT ifnull(max(id), 0) FROM series_group");
        var lastTrack = database.QueryInt64(
            "SELECT max(ifnull((SELECT max(track_id) FROM series), 0), ifnull((SELECT max(track_id) FROM open_block), 0))");
        context.StartIdsAfter(lastTrack, database.QueryInt64("SELECT ifnull(max(id), 0) FROM text_series"));
        return groups.Values;
    }

    private void LoadToken()
    {
        using var row = database.Prepare("SELECT value FROM meta WHERE key = ?1");
        if (row.Bind(1, CommitWriter.TokenKey).Step()) Token = row.Blob(0).ToArray();
    }

    private void LoadGroups()
    {
        using var rows = database.Prepare("SELECT id, key, retention_class FROM series_group");
        while (rows.Step())
        {
            var id = rows.Int64(0);
            groups[id] = new SeriesGroup(context, id, rows.Text(1)) { IsStored = true, RetentionClass = context.Names.Intern(rows.Text(2)) };
        }
    }

    private void LoadSeries()
    {
        using var rows = database.Prepare("SELECT group_id, track_id, track_column, name, kind FROM series ORDER BY track_id, track_column DESC");
        while (rows.Step())
        {
            if (!groups.TryGetValue(rows.Int64(0), out var group)) continue;
            var column = (int)rows.Int64(2);
            if (!tracks.TryGetValue(rows.Int64(1), out var track))
            {
                // The last column comes first, so the track has its full width from the start.
                track = new Track(group, rows.Int64(1), column + 1);
                tracks.Add(track.Id, track);
                group.Tracks.Add(track);
            }

            group.Restore(track, column, rows.Text(3), (SeriesKind)rows.Int64(4));
        }
    }

    private void LoadNewest()
    {
        using var rows = database.Prepare("SELECT track_id, newest FROM open_block");
        while (rows.Step())
            if (tracks.TryGetValue(rows.Int64(0), out var track) && !track.Newest.TryRead(rows.Blob(1))) damage.Report(track, "newest");
    }

    private void LoadTexts()
    {
        using var rows = database.Prepare("SELECT id, group_id, name, newest_time, newest FROM text_series ORDER BY id");
        while (rows.Step())
        {
            if (!groups.TryGetValue(rows.Int64(1), out var group)) continue;
            group.Texts.Add(new TextSlot(rows.Int64(0), context.Names.Intern(rows.Text(2)))
            {
                NewestTime = rows.Int64(3),
                Newest = rows.Blob(4).ToArray(),
            });
        }
    }
}

namespace Garam.TimeSeries.Storage;

/// <summary>Removes a group from disk. Under the write gate, so no commit is on its way with the group in it.</summary>
internal sealed class GroupDeletion(StoreWriter writer)
{
    private readonly SqliteStatement[] ofTrack =
    [
        writer.Prepare("DELETE FROM block WHERE track_id = ?1"),
        writer.Prepare("DELETE FROM rollup WHERE track_id = ?1"),
        writer.Prepare("DELETE FROM open_block WHERE track_id = ?1"),
        writer.Prepare("DELETE FROM series WHERE track_id = ?1"),
    ];

    private readonly SqliteStatement[] ofText =
    [
        writer.Prepare("DELETE FROM text_event WHERE text_id = ?1"),
        writer.Prepare("DELETE FROM text_series WHERE id = ?1"),
    ];

    private readonly SqliteStatement ofGroup = writer.Prepare("DELETE FROM series_group WHERE id = ?1");

    public void Delete(SeriesGroup group)
    {
        lock (group.Gate)
        {
            group.IsDeleted = true;
            try
            {
                writer.InTransaction(() =>
                {
                    foreach (var track in group.Tracks) Run(ofTrack, track.Id);
                    foreach (var text in group.Texts) Run(ofText, text.Id);
                    ofGroup.Bind(1, group.Id).Run();
                });
            }
            catch
            {
                group.IsDeleted = false;
                throw;
            }
        }
    }

    private static void Run(SqliteStatement[] statements, long id)
    {
        foreach (var statement in statements) statement.Bind(1, id).Run();
    }
}

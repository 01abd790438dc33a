using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Commits;

/// <summary>
/// Writes texts inside a commit's transaction. An event stands where a text differs from the event before it in time, and
/// no two neighbours are alike, in whatever order the texts came. (A repeat that was not stored leaves no trace: a late text
/// before it is taken to have lasted until the next event.)
/// </summary>
internal sealed class TextCommit(StoreWriter writer)
{
    public void Write(SeriesGroup group, TextSnapshot snapshot)
    {
        foreach (var entry in snapshot.Entries)
        {
            if (entry.Value is { } value) WriteEvent(snapshot.Text.Id, entry.Time, value);
            else RemoveEvent(snapshot.Text.Id, entry.Time);
        }

        writer.PutText
            .Bind(1, snapshot.Text.Id)
            .Bind(2, group.Id)
            .Bind(3, snapshot.Text.Name)
            .Bind(4, snapshot.NewestTime)
            .Bind(5, snapshot.Newest)
            .Run();
    }

    /// <summary>What stood before the removed event lasts until the next one that differs.</summary>
    private void RemoveEvent(long textId, long time)
    {
        writer.DeleteTextEvent.Bind(1, textId).Bind(2, time).Run();
        var before = writer.TextBefore.Bind(1, textId).Bind(2, time);
        var lasting = before.Step() ? before.Blob(0).ToArray() : null;
        before.Reset();
        if (lasting is not null) DropRepeat(textId, time, lasting);
    }

    private void WriteEvent(long textId, long time, byte[] value)
    {
        var before = writer.TextBefore.Bind(1, textId).Bind(2, time);
        var known = before.Step();
        var same = known && before.Blob(0).SequenceEqual(value);
        before.Reset();
        if (same) writer.DeleteTextEvent.Bind(1, textId).Bind(2, time).Run();
        else writer.PutTextEvent.Bind(1, textId).Bind(2, time).Bind(3, value).Run();

        DropRepeat(textId, time, value);
    }

    private void DropRepeat(long textId, long time, byte[] value)
    {
        var after = writer.TextAfter.Bind(1, textId).Bind(2, time);
        var nextTime = after.Step() && after.Blob(1).SequenceEqual(value) ? after.Int64(0) : (long?)null;
        after.Reset();
        if (nextTime is { } redundant) writer.DeleteTextEvent.Bind(1, textId).Bind(2, redundant).Run();
    }
}

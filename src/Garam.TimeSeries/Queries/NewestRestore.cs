using System.Text;
using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Texts;

namespace Garam.TimeSeries.Queries;

/// <summary>Looks for the newest value of what has lost it to a removal: in the rollups for its day, then among that day's samples.</summary>
internal sealed class NewestRestore(QueryEngine queries, TextHistory texts)
{
    public void Of(SeriesGroup group)
    {
        var lost = new List<string>();
        var lostTexts = new List<string>();
        lock (group.Gate)
        {
            foreach (ref readonly var slot in group.Slots)
                if (slot.Track is { } track && Cell.IsAbsent(track.Newest.Value(slot.Column))) lost.Add(slot.Name);
            foreach (var text in group.Texts)
                if (text.NewestTime == long.MinValue) lostTexts.Add(text.Name);
        }

        foreach (var series in lost) Restore(group, series);
        foreach (var text in lostTexts) RestoreText(group, text);
    }

    private void Restore(SeriesGroup group, string series)
    {
        using var days = queries.Run(group, new SeriesQuery(series, UtcTime.MinUs, UtcTime.MaxUs, QueryStep.OfUs(UtcTime.DayUs)) { Aggregates = Aggregates.Count });
        if (days.Count == 0) return;
        var day = days.Times[^1];
        using var samples = queries.Run(group, new SeriesQuery(series, day, day + UtcTime.DayUs, QueryStep.Raw));
        // Its samples may be gone by retention while its day is kept.
        if (samples.Count == 0) return;
        lock (group.Gate)
        {
            var slot = group.Slots[group.FindSeries(series)];
            slot.Track!.Newest.Offer(slot.Column, samples.Times[^1], samples.Values[^1], !samples.Suspects.IsEmpty && samples.Suspects[^1]);
            group.Load(slot.Track);
            group.MarkDirty(slot.Track);
        }
    }

    private void RestoreText(SeriesGroup group, string name)
    {
        if (texts.At(group, name, UtcTime.MaxUs) is not { } last) return;
        lock (group.Gate)
        {
            var slot = group.FindText(name)!;
            if (slot.NewestTime > long.MinValue) return;
            (slot.NewestTime, slot.Newest) = (last.TimeUs, Encoding.UTF8.GetBytes(last.Value));
            slot.IsDirty = true;
            group.QueueForCommit();
        }
    }
}

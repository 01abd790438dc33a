using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;

namespace Garam.TimeSeries.Queries;

/// <summary>
/// One series' samples of the head at one moment. It is taken before the database is looked at: a commit in between moves
/// rows from here to there, so a row may be seen twice (and is the same), but never be missed.
/// </summary>
internal sealed class HeadView
{
    private HeadView(Track track, int column)
    {
        Track = track;
        Column = column;
    }

    public Track Track { get; }

    public int Column { get; }

    /// <summary>False when the whole head is on disk.</summary>
    public bool IsLoaded { get; private set; }

    public List<OpenChunk> Chunks { get; private set; } = [];

    /// <summary>Samples that are not encoded yet.</summary>
    public SampleColumn Buffered { get; } = new();

    /// <summary>Late samples, which override all others; a removed cell takes away what it overrides.</summary>
    public SampleColumn Late { get; private set; } = new();

    /// <summary>Null when the group has no samples of such a series.</summary>
    public static HeadView? Take(SeriesGroup group, string series, long from, long to)
    {
        lock (group.Gate)
        {
            var handle = group.FindSeries(series);
            if (handle < 0 || group.Slots[handle].Track is not { } track) return null;
            var view = new HeadView(track, group.Slots[handle].Column) { IsLoaded = track.IsLoaded };
            if (!track.IsLoaded) return view;
            view.Chunks = track.Chunks;
            foreach (var buffer in track.Sealed) Copy(buffer, view.Column, from, to, view.Buffered);
            Copy(track.Tail, view.Column, from, to, view.Buffered);
            if (track.CommittingLate is { } committing) Copy(committing, view.Column, from, to, view.Late);
            if (track.Late is not { } late) return view;
            var newer = new SampleColumn();
            Copy(late, view.Column, from, to, newer);
            view.Late = SampleColumn.Override(view.Late, newer);
            return view;
        }
    }

    public static void Copy(RowBuffer rows, int column, long from, long to, SampleColumn target)
    {
        if (column >= rows.Columns) return;
        var end = rows.LowerBound(to);
        for (var row = rows.LowerBound(from); row < end; row++)
        {
            var value = rows[row, column];
            if (!Cell.IsAbsent(value)) target.Add(rows.Times[row], value, rows.IsSuspect(row, column));
        }
    }
}

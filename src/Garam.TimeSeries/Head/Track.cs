using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Head;

/// <summary>
/// The head of a set of series that share their times. Invariants, all under the owning group's lock:
/// <list type="number">
/// <item>Rows lie, oldest first, in closed blocks (disk only, times before <see cref="OpenFrom"/>), <see cref="Chunks"/>
/// (encoded, also on disk), <see cref="Sealed"/> (full buffers a commit has not encoded yet) and <see cref="Tail"/>;
/// times ascend strictly across all four.</item>
/// <item>What is older than the tail is never changed in place: a late row goes to <see cref="Late"/>, which overrides
/// the others cell by cell until a commit merges it. While a commit runs, the late rows it merges stand in
/// <see cref="CommittingLate"/>, overridden by <see cref="Late"/>.</item>
/// <item>A commit reads the first <see cref="Frozen"/> rows of the tail, and the buffers sealed before it began,
/// outside the lock: they do not change until it ends.</item>
/// <item>An unloaded track has nothing but its newest values in memory; its open block on disk is complete.</item>
/// </list>
/// </summary>
internal sealed class Track(SeriesGroup group, long id, int columns)
{
    /// <summary>Cells a track may have in a row; a reading with more series starts a second track.</summary>
    public const int ColumnsMax = 1024;

    private bool hasSealed;

    public long Id { get; } = id;

    public SeriesGroup Group { get; } = group;

    public int Columns { get; private set; } = columns;

    public NewestCells Newest { get; } = new(columns);

    public bool IsLoaded { get; private set; }

    /// <summary>Set when something is not yet in a commit.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Set by retention: the next commit closes the open block whatever its size.</summary>
    public bool CloseRequested { get; set; }

    /// <summary>Commits in a row that found nothing new here.</summary>
    public int IdleCommits { get; set; }

    /// <summary>In the list of tracks that may be unloaded once idle.</summary>
    public bool IsWatched { get; set; }

    public long LastTime { get; private set; } = long.MinValue;

    public long OpenFrom { get; set; } = long.MinValue;

    /// <summary>Times before it have been deleted by retention.</summary>
    public long RawHorizon { get; set; } = long.MinValue;

    public List<OpenChunk> Chunks { get; private set; } = [];

    public List<RowBuffer> Sealed { get; } = [];

    public RowBuffer Tail { get; private set; } = new(columns, 0);

    public RowBuffer? Late { get; private set; }

    public RowBuffer? CommittingLate { get; private set; }

    public int Frozen { get; private set; }

    public void Widen(int columns)
    {
        Columns = columns;
        Newest.Widen(columns);
        Tail.Widen(columns);
        Late?.Widen(columns);
    }

    /// <summary>Takes the open block from disk, or nothing when the track is new.</summary>
    public void Load(List<OpenChunk> chunks, RowBuffer? tail)
    {
        Chunks = chunks;
        if (tail is not null) Tail = tail;
        if (Tail.Count > 0) LastTime = Tail.LastTime;
        else if (chunks.Count > 0) LastTime = chunks[^1].LastTime;
        else LastTime = OpenFrom == long.MinValue ? long.MinValue : OpenFrom - 1;
        IsLoaded = true;
    }

    /// <summary>Drops what the disk has. Only for a clean track outside a commit.</summary>
    public void Unload()
    {
        Chunks = [];
        Tail = new RowBuffer(Columns, 0);
        Late = null;
        hasSealed = false;
        IsLoaded = false;
    }

    /// <summary>A row newer than all others; the caller fills its cells by <see cref="SetNewest"/>.</summary>
    public int AddRow(long time)
    {
        LastTime = time;
        return Tail.Add(time);
    }

    public void SetNewest(int row, long time, int column, double value, bool suspect)
    {
        Tail.Set(row, column, value, suspect);
        Newest.Set(column, time, value, suspect);
    }

    public void SealIfFull(RowBufferPool pool)
    {
        if (Tail.Count < Chunk.HeadRows) return;
        Sealed.Add(Tail);
        pool.Sealed(Tail);
        Tail = hasSealed ? pool.Rent(Columns) : new RowBuffer(Columns);
        hasSealed = true;
        // The frozen rows went with the sealed buffer, which no one changes.
        Frozen = 0;
    }

    /// <summary>Puts one value at any time; the archive answers what the closed and encoded rows hold there.</summary>
    public CellOutcome Put(long time, int column, double value, bool suspect, RowArchive archive)
    {
        if (time > LastTime)
        {
            SetNewest(AddRow(time), time, column, value, suspect);
            return CellOutcome.New;
        }

        var outcome = TryPutInTail(time, column, value, suspect) ?? PutLate(time, column, value, suspect, archive);
        if (outcome != CellOutcome.Same) Newest.Offer(column, time, value, suspect);
        return outcome;
    }

    /// <summary>Removes one value; false when there is none. The newest value is forgotten when it was this one.</summary>
    public bool Remove(long time, int column, RowArchive archive)
    {
        if (time > LastTime || CompareStored(time, column, 0, false, archive) == CellOutcome.New) return false;
        var row = Holds(Late, time) || Holds(CommittingLate, time) ? -1 : Tail.Find(time);
        if (row >= Frozen)
        {
            Tail.Set(row, column, Cell.Absent, false);
            if (Tail.IsEmptyAt(row)) Tail.RemoveAt(row);
        }
        else
        {
            SetLate(time, column, Cell.Removed, false);
        }

        if (!Cell.IsAbsent(Newest.Value(column)) && Newest.Time(column) == time) Newest.Clear(column);
        return true;
    }

    /// <summary>Hands the late rows to a commit and freezes the tail.</summary>
    public void Freeze()
    {
        CommittingLate = Late;
        Late = null;
        Frozen = Tail.Count;
        IsDirty = false;
    }

    /// <summary>The commit failed: everything is as if it had not begun.</summary>
    public void Thaw()
    {
        if (CommittingLate is not null) Late = Late is null ? CommittingLate : RowBuffer.Merge(CommittingLate, Late);
        Late?.Widen(Columns);
        CommittingLate = null;
        Frozen = 0;
        IsDirty = true;
    }

    /// <summary>
    /// The commit is durable: <paramref name="chunks"/>, all pieces before the tail, take the place of the first
    /// <paramref name="sealedCount"/> buffers. When late rows were merged, <paramref name="rebuilt"/> takes the place of the
    /// <paramref name="tailRows"/> rows the commit saw at the front of the first remaining <see cref="Sealed"/> buffer or tail.
    /// </summary>
    public void Install(
        List<OpenChunk> chunks, int sealedCount, long openFrom, int tailRows, RowBuffer? rebuilt, RowBufferPool pool)
    {
        Chunks = chunks;
        OpenFrom = openFrom;
        CommittingLate = null;
        Frozen = 0;
        for (var i = 0; i < sealedCount; i++) pool.Return(Sealed[i]);
        Sealed.RemoveRange(0, sealedCount);
        if (rebuilt is not null) ReplaceFront(tailRows, rebuilt, pool);
    }

    private void ReplaceFront(int tailRows, RowBuffer rebuilt, RowBufferPool pool)
    {
        var old = Sealed.Count > 0 ? Sealed[0] : Tail;
        rebuilt.Widen(Columns);
        rebuilt.AddRange(old, tailRows, old.Count - tailRows);
        if (Sealed.Count == 0)
        {
            Tail = rebuilt;
            SealIfFull(pool);
            return;
        }

        pool.Return(old);
        pool.Sealed(rebuilt);
        if (rebuilt.Count > 0) Sealed[0] = rebuilt;
        else Sealed.RemoveAt(0);
    }

    private long LastTimeBeforeTail =>
        Sealed.Count > 0 ? Sealed[^1].LastTime : Chunks.Count > 0 ? Chunks[^1].LastTime : OpenFrom == long.MinValue ? long.MinValue : OpenFrom - 1;

    private CellOutcome? TryPutInTail(long time, int column, double value, bool suspect)
    {
        if (Holds(Late, time) || Holds(CommittingLate, time)) return null;
        var row = Tail.Find(time);
        if (row >= 0)
        {
            if (row < Frozen) return null;
            var outcome = Compare(Tail, row, column, value, suspect);
            if (outcome != CellOutcome.Same) Tail.Set(row, column, value, suspect);
            return outcome;
        }

        row = ~row;
        if (row < Frozen || (row == 0 && time <= LastTimeBeforeTail)) return null;
        Tail.Insert(row, time);
        Tail.Set(row, column, value, suspect);
        return CellOutcome.New;
    }

    private CellOutcome PutLate(long time, int column, double value, bool suspect, RowArchive archive)
    {
        var outcome = CompareStored(time, column, value, suspect, archive);
        if (outcome != CellOutcome.Same) SetLate(time, column, value, suspect);
        return outcome;
    }

    private void SetLate(long time, int column, double value, bool suspect)
    {
        Late ??= new RowBuffer(Columns);
        var row = Late.Find(time);
        if (row < 0)
        {
            row = ~row;
            Late.Insert(row, time);
        }

        Late.Set(row, column, value, suspect);
    }

    private CellOutcome CompareStored(long time, int column, double value, bool suspect, RowArchive archive) =>
        In(Late, time, column, value, suspect)
        ?? In(CommittingLate, time, column, value, suspect)
        ?? In(Tail, time, column, value, suspect)
        ?? InSealed(time, column, value, suspect)
        ?? In(archive.Around(this, time), time, column, value, suspect)
        ?? CellOutcome.New;

    private CellOutcome? InSealed(long time, int column, double value, bool suspect)
    {
        foreach (var buffer in Sealed)
            if (time >= buffer.FirstTime && time <= buffer.LastTime) return In(buffer, time, column, value, suspect);
        return null;
    }

    /// <summary>Same or changed when the rows have that cell, new when they say that it was removed, else null.</summary>
    private static CellOutcome? In(RowBuffer? rows, long time, int column, double value, bool suspect)
    {
        if (rows is null || column >= rows.Columns) return null;
        var row = rows.Find(time);
        if (row < 0 || Cell.IsAbsent(rows[row, column])) return null;
        return Cell.IsRemoved(rows[row, column]) ? CellOutcome.New : Compare(rows, row, column, value, suspect);
    }

    private static CellOutcome Compare(RowBuffer rows, int row, int column, double value, bool suspect)
    {
        var stored = rows[row, column];
        if (Cell.IsAbsent(stored)) return CellOutcome.New;
        return Cell.Same(stored, value) && rows.IsSuspect(row, column) == suspect ? CellOutcome.Same : CellOutcome.Changed;
    }

    private static bool Holds(RowBuffer? rows, long time) => rows is not null && rows.Find(time) >= 0;
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Commits;
using Garam.TimeSeries.Head;
using Garam.TimeSeries.Queries;
using Garam.TimeSeries.Retention;
using Garam.TimeSeries.Storage;
using Garam.TimeSeries.Texts;

namespace Garam.TimeSeries;

/// <summary>
/// An embedded store of numbers and short texts over time. Invariants:
/// <list type="number">
/// <item>An append changes memory only. What is on disk is the state at the last completed commit, with the token the
/// caller gave it: after any crash the caller appends again what came after that token, and everything is there once.</item>
/// <item>A sample is keyed by series and time; appending it again changes nothing, appending another value replaces it.</item>
/// <item>Every answer is exact at any moment: disk, head and late samples are joined when asked.</item>
/// <item>A commit rewrites only what changed since the one before, in one transaction.</item>
/// <item>A group is written by one thread at a time and read by any; the store's own methods may be called from any thread.</item>
/// </list>
/// </summary>
public sealed class TimeSeriesStore : IDisposable
{
    private readonly ConcurrentDictionary<string, SeriesGroup> groups = new(StringComparer.Ordinal);
    private readonly TimeSeriesOptions options;
    private readonly FileStream processLock;
    private readonly DamageLog damage;
    private readonly ReaderPool readers;
    private readonly WriteGate gate = new();
    private readonly StoreWriter writer;
    private readonly HeadContext context;
    private readonly CommitWriter commits;
    private readonly RetentionSweep retention;
    private readonly GroupDeletion deletion;
    private readonly QueryEngine queries;
    private readonly TextHistory texts;
    private readonly NewestRestore newest;
    private readonly Lock addGate = new();
    private long lastGroupId;
    private Queue<SeriesGroup> toSweep = [];

    private TimeSeriesStore(TimeSeriesOptions options, FileStream processLock)
    {
        this.options = options;
        this.processLock = processLock;
        var path = StoreFiles.DatabasePath(options.Directory);
        var database = StoreSchema.Open(path);
        damage = new DamageLog(options.OnDamagedData);
        readers = new ReaderPool(path);
        context = new HeadContext(options, new RowArchive(readers, damage), new TrackLoader(readers, damage));
        var catalog = new StoreCatalog(database, context, damage);
        foreach (var group in catalog.Load()) groups[group.Key] = group;
        lastGroupId = catalog.LastGroupId;
        CheckpointToken = catalog.Token;
        writer = new StoreWriter(database);
        commits = new CommitWriter(context, writer, gate, damage);
        retention = new RetentionSweep(options, writer, damage);
        deletion = new GroupDeletion(writer);
        queries = new QueryEngine(readers, damage);
        texts = new TextHistory(readers);
        newest = new NewestRestore(queries, texts);
    }

    /// <summary>The token of the last commit that was complete when the store was opened; empty for a new store.</summary>
    public ReadOnlyMemory<byte> CheckpointToken { get; }

    /// <summary>All groups, in no order. Safe while groups come and go.</summary>
    public IEnumerable<SeriesGroup> Groups => groups.Select(pair => pair.Value);

    /// <summary>Figures for metrics; cheap.</summary>
    public StoreStatistics Statistics => new(
        groups.Count,
        commits.Commits,
        commits.LastDuration,
        damage.Count,
        context.Buffers.SealedRows,
        new FileInfo(StoreFiles.DatabasePath(options.Directory)) is { Exists: true } file ? file.Length : 0);

    /// <summary>The writing connection, for tests that make it fail.</summary>
    internal SqliteDatabase Database => writer.Database;

    /// <summary>Opens or creates the store.</summary>
    /// <exception cref="NewerSchemaException">A newer version wrote it.</exception>
    /// <exception cref="TimeSeriesStorageException">The directory cannot be written, another process has the store, or it is no database.</exception>
    public static TimeSeriesStore Open(TimeSeriesOptions options)
    {
        FileStream processLock;
        try
        {
            Directory.CreateDirectory(options.Directory);
            processLock = new FileStream(StoreFiles.LockPath(options.Directory), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new TimeSeriesStorageException($"cannot take the telemetry store in {options.Directory}: {cause.Message}", cause);
        }

        try
        {
            return new TimeSeriesStore(options, processLock);
        }
        catch
        {
            processLock.Dispose();
            throw;
        }
    }

    /// <summary>The group with this key, made when missing.</summary>
    /// <exception cref="SeriesLimitException">No further group is allowed, or the key is too long.</exception>
    public SeriesGroup Group(string key) =>
        TryGroup(key, out var group) ? group : throw new SeriesLimitException($"the store takes no further group: {groups.Count} of {options.GroupsMax}, keys up to {options.NameBytesMax} bytes");

    /// <summary>As <see cref="Group"/>; false when the limit is reached or the key too long.</summary>
    public bool TryGroup(string key, [NotNullWhen(true)] out SeriesGroup? group)
    {
        if (groups.TryGetValue(key, out group)) return true;
        lock (addGate)
        {
            if (groups.TryGetValue(key, out group)) return true;
            if (groups.Count >= options.GroupsMax || Encoding.UTF8.GetByteCount(key) > options.NameBytesMax) return false;
            group = new SeriesGroup(context, ++lastGroupId, key);
            groups[key] = group;
            return true;
        }
    }

    /// <summary>The group with this key, or null.</summary>
    public SeriesGroup? FindGroup(string key) => groups.GetValueOrDefault(key);

    /// <summary>
    /// Takes what is new since the last commit. The caller makes sure that no append runs meanwhile, and that everything
    /// appended so far is what <paramref name="checkpointToken"/> stands for; the call takes about a microsecond a dirty group.
    /// </summary>
    /// <exception cref="InvalidOperationException">The commit before has not ended.</exception>
    public CommitSnapshot BeginCommit(ReadOnlySpan<byte> checkpointToken) => new(commits, checkpointToken.ToArray(), commits.Take());

    /// <summary>Asks one series. Dispose the result.</summary>
    public QueryResult Query(SeriesGroup group, SeriesQuery query) => queries.Run(group, query);

    /// <summary>The changes of a text in [from, to), oldest first, at most so many.</summary>
    public IReadOnlyList<TextEvent> TextEvents(SeriesGroup group, string name, long fromUs, long toUs, int eventsMax = 10_000) =>
        texts.Read(group, name, fromUs, toUs, eventsMax);

    /// <summary>The text in force at a time: its last change up to then; null when there was none.</summary>
    public TextEvent? TextAt(SeriesGroup group, string name, long timeUs) => texts.At(group, name, timeUs);

    /// <summary>What is stored of a group's series.</summary>
    public IReadOnlyList<SeriesInfo> Describe(SeriesGroup group) => new GroupDescription(readers, queries).Of(group);

    /// <summary>Finds the newest value again of every series and text of the group that has lost it to a removal. Call it where the group is written.</summary>
    public void RestoreNewest(SeriesGroup group) => newest.Of(group);

    /// <summary>Chooses the retention of a group; stored with the next commit.</summary>
    public void SetRetentionClass(SeriesGroup group, string retentionClass)
    {
        lock (group.Gate)
        {
            group.RetentionClass = retentionClass;
            group.IsStored = false;
            group.QueueForCommit();
        }
    }

    /// <summary>
    /// One bounded step of retention: call until it is done. Waits for a commit in progress.
    /// </summary>
    /// <param name="now">The time limits are counted from.</param>
    /// <param name="rowsMax">Rows deleted in this step at most; they bound how long a commit has to wait.</param>
    public RetentionOutcome ApplyRetention(DateTimeOffset now, int rowsMax = 1_000)
    {
        const int groupsMax = 2_000;
        var deleted = 0;
        var done = false;
        gate.Run(() => writer.InTransaction(() =>
        {
            if (toSweep.Count == 0) toSweep = new Queue<SeriesGroup>(Groups);
            for (var i = 0; i < groupsMax && deleted < rowsMax && toSweep.TryPeek(out var group); i++)
            {
                if (!group.IsDeleted) deleted += retention.Sweep(group, UtcTime.From(now), rowsMax - deleted);
                if (deleted < rowsMax) toSweep.Dequeue();
            }

            done = toSweep.Count == 0;
        }));
        if (deleted > 0) gate.Run(() => writer.Database.Execute("PRAGMA incremental_vacuum(2000)"));
        return new RetentionOutcome(deleted, done);
    }

    /// <summary>
    /// Deletes a group and all it has, at once and durably. Appends through the old object answer
    /// <see cref="AppendOutcome.GroupDeleted"/>. A replay of a log that still has its readings brings them back.
    /// </summary>
    public bool DeleteGroup(string key)
    {
        if (!groups.TryGetValue(key, out var group)) return false;
        gate.Run(() => deletion.Delete(group));
        groups.TryRemove(key, out _);
        return true;
    }

    /// <summary>Closes the files. What was not committed is gone from memory, and in the caller's log.</summary>
    public void Dispose()
    {
        gate.Run(() =>
        {
            readers.Dispose();
            writer.Dispose();
        });
        processLock.Dispose();
    }
}

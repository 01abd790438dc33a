using System.Collections.Immutable;
using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using Garam.Platform.Alarms.Quiet;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Rest;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Alarms;

/// <summary>
/// Owns the alarms. One loop takes what detection and people say, in batches of one transaction each:
/// alarms, their history and the outbox are written together, then memory and those who watch are told.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>While an alarm lasts there is no second one of the same key. It lasts until its condition clears, whatever people say of it.</item>
/// <item>Signals that come again after a restart change nothing.</item>
/// <item>The queue is bounded: when the database cannot keep up the lanes wait. A batch that fails keeps its signals and is tried again
/// (<see cref="Failure"/> says why); people are told at once.</item>
/// <item>A commit survives the end of the process; after <see cref="FlushAsync"/> everything before it also survives a loss of power. What was
/// not flushed is made again from the log.</item>
/// </list>
/// Thread-safe.
/// </remarks>
public sealed class AlarmDesk : IAsyncDisposable
{
    /// <summary>Signals waiting at most: some 4 KB each with their texts and metrics.</summary>
    private const int QueueMax = 2_048;

    private const int BatchMax = 1_024;

    /// <summary>Closed by time in one batch at most, so that a commit stays short.</summary>
    private const int CloseMax = 500;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CloseEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Channel<object> _queue = Channel.CreateBounded<object>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly Database _database;
    private readonly DeskRules _rules;
    private readonly long _closeAfterUs;
    private readonly AlarmOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LiveAlarms _live;
    private readonly CancellationTokenSource _closing = new();
    private readonly ITimer _timer;
    private readonly Task _running;
    private bool _isUnsynced;
    private long _refused;
    private long _closeDueUs;
    private ImmutableArray<long> _activeQuiet = [-1];
    private volatile Task? _tick;

    internal AlarmDesk(
        Database database, DeviceRegistry registry, AlarmOptions options, IReadOnlyList<IAlarmAction> actions, AlarmOutbox outbox, TimeProvider time,
        ILogger logger)
    {
        _database = database;
        _rules = new DeskRules(registry, new FlapRule(options.FlapRaises, options.FlapWindowTime.Ticks / TimeSpan.TicksPerMicrosecond), actions);
        _closeAfterUs = options.CloseAfterTime.Ticks / TimeSpan.TicksPerMicrosecond;
        _outbox = outbox;
        _time = time;
        _logger = logger;
        _live = new LiveAlarms(LoadLive(database));
        using (var connection = database.Connect())
            Quiet = QuietTable.Load(connection);
        _running = Task.Run(RunAsync);
        _timer = time.CreateTimer(_ => OnTick(), null, Tick, Tick);
    }

    /// <summary>Changes, after they are committed.</summary>
    public AlarmStream Stream { get; } = new();

    /// <summary>Shelvings and maintenance windows that are in force or will be.</summary>
    public QuietTimes Quiet { get; private set; }

    /// <summary>Why the last batch failed; null when all is well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Signals that could not be taken though the database was well: each is a defect, and logged.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Alarms that are raised or acknowledged.</summary>
    public long Open => _live.Open;

    /// <summary>Called after each commit with the raises in it and the receive times of their messages, before the next batch begins.</summary>
    internal Action<Alarm, long>? RaisedObserved { get; set; }

    /// <summary>Called after a commit that asked for an automatic action.</summary>
    internal Action? ActionsAsked { get; set; }

    /// <summary>Takes a signal; waits while the queue is full.</summary>
    public ValueTask AddAsync(AlarmSignal signal) => _queue.Writer.WriteAsync(signal);

    /// <summary>Completes when every signal added before the call is committed and survives a loss of power.</summary>
    public Task FlushAsync(CancellationToken cancellation) => CallAsync(new DeskCall(null), cancellation);

    /// <summary>An alarm whose condition had not ceased to hold, also one that people have ended meanwhile; null when there is none.</summary>
    public LastingAlarm? FindLasting(AlarmKey key) => _live.Find(key) is { IsLasting: true } alarm ? alarm.ToLasting() : null;

    /// <summary>A ruleset changed: alarms of its rules that are gone are cleared, with the reason <c>rule-removed</c>.</summary>
    /// <param name="ruleIds">The rules that it has now.</param>
    public Task ClearMissingAsync(string ruleset, IReadOnlySet<string> ruleIds) => CallAsync(
        new DeskCall(batch =>
        {
            DeskDuties.ClearMissing(batch, ruleset, ruleIds);
            return null;
        }), CancellationToken.None);

    /// <summary>Does what a person wants. Of two at once the first is served, and the second told who and when.</summary>
    /// <exception cref="DbException">The database takes nothing; the alarm is as it was.</exception>
    public async Task<AlarmAnswer> OrderAsync(AlarmOrder order, CancellationToken cancellation) =>
        (AlarmAnswer)(await CallAsync(new DeskCall(batch => DeskDuties.Take(batch, order)), cancellation))!;

    /// <summary>Begins a shelving at once; null when there are <see cref="QuietTimes.CountMax"/> already.</summary>
    /// <param name="draft">Without number and time.</param>
    public async Task<Shelving?> AddAsync(Shelving draft, CancellationToken cancellation) =>
        (Shelving?)await CallAsync(new DeskCall(batch => DeskDuties.Add(batch, draft)), cancellation);

    /// <summary>Plans a maintenance window; null when there are <see cref="QuietTimes.CountMax"/> already.</summary>
    /// <param name="draft">Without number and time.</param>
    public async Task<MaintenanceWindow?> AddAsync(MaintenanceWindow draft, CancellationToken cancellation) =>
        (MaintenanceWindow?)await CallAsync(new DeskCall(batch => DeskDuties.Add(batch, draft)), cancellation);

    /// <summary>Ends a shelving or window; what it kept quiet and still lasts is told now.</summary>
    public Task EndQuietAsync(long id, CancellationToken cancellation) => CallAsync(
        new DeskCall(batch =>
        {
            DeskDuties.Remove(batch, [id]);
            return null;
        }), cancellation);

    /// <summary>Puts a step of an escalation, taken because nobody has acknowledged, into the alarm's history.</summary>
    /// <param name="told">Who was told.</param>
    /// <exception cref="DbException">The database takes nothing; nothing is in the history.</exception>
    internal Task EscalatedAsync(long alarmId, string told, CancellationToken cancellation) => CallAsync(
        new DeskCall(batch =>
        {
            DeskDuties.Escalated(batch, alarmId, told);
            return null;
        }), cancellation);

    /// <summary>Records alarms of the past that were not raised at the time, each with its end. Nobody is told, no action is taken.</summary>
    /// <param name="by">Who wants them recorded.</param>
    /// <exception cref="DbException">The database takes nothing; none is recorded.</exception>
    internal Task AddPastAsync(IReadOnlyList<(AlarmRaise Raise, AlarmClear Clear)> alarms, string by, CancellationToken cancellation) => CallAsync(
        new DeskCall(batch =>
        {
            foreach (var (raise, clear) in alarms)
                SignalIntake.AddPast(batch, raise, clear, by);
            return null;
        }), cancellation);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        _queue.Writer.TryComplete();
        await _closing.CancelAsync();
        await _running;
        _closing.Dispose();
    }

    /// <summary>Records what an action did. <paramref name="retryUs"/> is when it is tried again; null when it is done or given up.</summary>
    internal Task ActedAsync(long alarmId, string action, string? told, long? retryUs, CancellationToken cancellation) => CallAsync(
        new DeskCall(batch =>
        {
            DeskDuties.Acted(batch, alarmId, action, told, retryUs);
            return null;
        }), cancellation);

    private static List<LiveAlarm> LoadLive(Database database)
    {
        using var connection = database.Connect();
        return
        [
            .. connection.Query<AlarmRow>(
                $"""
                SELECT {AlarmRow.Columns} FROM alarms WHERE is_lasting = 1
                UNION ALL
                SELECT {AlarmRow.Columns} FROM alarms WHERE is_flapping = 1 AND is_lasting = 0 AND state IN ('raised', 'acknowledged')
                """,
                buffered: false).Select(row => LiveAlarm.Of(row.ToStored())),
        ];
    }

    private async Task<object?> CallAsync(DeskCall call, CancellationToken cancellation)
    {
        await _queue.Writer.WriteAsync(call, cancellation);
        return await call.Task.WaitAsync(cancellation);
    }

    private async Task RunAsync()
    {
        var signals = new List<AlarmSignal>(BatchMax);
        var calls = new List<(int After, DeskCall Call)>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (signals.Count + calls.Count < BatchMax && _queue.Reader.TryRead(out var item))
            {
                if (item is AlarmSignal signal)
                    signals.Add(signal);
                else
                    calls.Add((signals.Count, (DeskCall)item));
            }

            await WriteAsync(signals, calls);
            signals.Clear();
            calls.Clear();
        }
    }

    /// <summary>Writes a batch, and again until it is written or the desk closes; returns at once when there is nothing.</summary>
    private async Task WriteAsync(List<AlarmSignal> signals, List<(int After, DeskCall Call)> calls)
    {
        while (true)
        {
            try
            {
                Write(signals, calls);
                Failure = null;
                return;
            }
            catch (Exception e) when (e is not DbException && signals.Count > 0)
            {
                // A defect in one of them, not a database that is stuck: the others must not wait for it for ever.
                await WriteOneByOneAsync(signals);
                signals.Clear();
            }
            catch (Exception e)
            {
                // The database is full or stuck: signals stay here and the lanes wait, so nothing is lost. People are not kept waiting.
                if (Failure is null)
                    _logger.LogError(e, "Alarms cannot be written; the pipeline waits. Check the disk of the data folder.");
                Failure = e;
                // What the clock's duties noted of themselves did not come to pass.
                _activeQuiet = [-1];
                _closeDueUs = 0;
                calls.Where(c => !c.Call.IsFlush || _closing.IsCancellationRequested).ToList().ForEach(c => c.Call.Failed(e));
                calls.RemoveAll(c => c.Call.Task.IsCompleted);
                if (_closing.IsCancellationRequested || (signals.Count == 0 && calls.Count == 0))
                    return;
                await Task.Delay(Retry, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Writes each signal by itself; one that the desk cannot take is logged and left out.</summary>
    private async Task WriteOneByOneAsync(List<AlarmSignal> signals)
    {
        foreach (var signal in signals)
        {
            try
            {
                Write([signal], []);
            }
            catch (DbException)
            {
                await WriteAsync([signal], []);
            }
            catch (Exception e)
            {
                // Supervised: what is wrong with it would be wrong after the next start too.
                Interlocked.Increment(ref _refused);
                _logger.LogCritical(e, "A signal of {Key} at log position {Position} could not be taken; please report this", signal.Key, signal.Position);
            }
        }
    }

    private void Write(List<AlarmSignal> signals, List<(int After, DeskCall Call)> calls)
    {
        var isFlush = calls.Exists(c => c.Call.IsFlush);
        var batch = Commit(signals, calls, isFlush);
        batch.Apply();
        Quiet = batch.Quiet;
        foreach (var happened in batch.Events)
            Stream.Publish(happened);
        foreach (var (alarm, receivedUs) in batch.Raised)
            RaisedObserved?.Invoke(alarm, receivedUs);
        if (batch.IsTold)
            _outbox.Wake();
        if (batch.HasActions)
            ActionsAsked?.Invoke();
        calls.ForEach(c => c.Call.Committed());
    }

    private AlarmBatch Commit(List<AlarmSignal> signals, List<(int After, DeskCall Call)> calls, bool isFlush)
    {
        using var connection = isFlush ? _database.ConnectDurable() : _database.Connect();
        using var transaction = connection.BeginTransaction();
        var now = NowUs();
        using var table = new AlarmTable(connection, transaction, now);
        var batch = new AlarmBatch(table, _live, _rules, Quiet, now);
        var next = 0;
        for (var i = 0; i <= signals.Count; i++)
        {
            while (next < calls.Count && calls[next].After == i)
                calls[next++].Call.Run(batch);
            if (i < signals.Count)
                SignalIntake.Take(batch, signals[i]);
        }

        batch.Finish(_outbox, Stream.IsWatched, isFlush && _isUnsynced);
        transaction.Commit();
        _isUnsynced = !isFlush && (_isUnsynced || batch.IsWritten);
        return batch;
    }

    private void OnTick()
    {
        if (_tick is { IsCompleted: false })
            return;
        // When the queue is full there is more to do than this; the next tick comes.
        var call = new DeskCall(OnTick);
        if (_queue.Writer.TryWrite(call))
            _tick = call.Task;
    }

    private object? OnTick(AlarmBatch batch)
    {
        var now = batch.NowUs;
        DeskDuties.EndFlapping(batch);
        var over = batch.Quiet.Over(now).ToList();
        var active = batch.Quiet.Active(now);
        if (over.Count > 0 || !active.SequenceEqual(_activeQuiet))
            DeskDuties.Remove(batch, over);
        _activeQuiet = active;
        if (now < _closeDueUs)
            return null;
        var closed = DeskDuties.CloseForgotten(batch, now - _closeAfterUs, CloseMax);
        _closeDueUs = closed == CloseMax ? 0 : now + (CloseEvery.Ticks / TimeSpan.TicksPerMicrosecond);
        return null;
    }

    private long NowUs() => TimeParameter.ToUs(_time.GetUtcNow());
}

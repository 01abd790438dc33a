using System.Threading.Channels;
using Garam.Log;
using Garam.Platform.Configuration;
using Garam.Platform.DeadLetters;
using Garam.Platform.Detection;
using Garam.Platform.Devices;
using Garam.Platform.Ingress;
using Garam.TimeSeries;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Pipeline;

/// <summary>
/// Reads the raw log and carries every record through the lanes into the store.
/// </summary>
/// <remarks>
/// Invariants:
/// 1. A device's messages always go through the same lane, in log order.
/// 2. A checkpoint is taken only while all lanes stand still between two records, so the store holds exactly the messages before its
///    position. The position, the ledger and the samples are committed in one transaction.
/// 3. What the checkpoint has passed is on disk: devices registered on first sight, dead letters and alarms are written before it.
/// 4. After a crash the log is read again from the last checkpoint; samples are keyed by series and time and dead letters by position,
///    so nothing is there twice.
/// 5. While the store cannot commit nothing more is processed; the lag grows and the gate slows the producers.
/// </remarks>
public sealed class Pipeline : IAsyncDisposable
{
    /// <summary>
    /// The name of the log's checkpoint that keeps unprocessed segments from retention. It is set where retention is applied and not at every
    /// commit: it costs two flushes, which the acknowledgements of that moment would wait for.
    /// </summary>
    public const string CheckpointName = "pipeline";

    /// <summary>A block is a unit of hand-over: large enough to make that cheap, small enough to stay in the processor's cache.</summary>
    private const int BlockBytes = 256 * 1024;

    private static readonly TimeSpan CommitRetry = TimeSpan.FromSeconds(1);

    private readonly DurableLog _log;
    private readonly TimeSeriesStore _store;
    private readonly DeviceRegistry _registry;
    private readonly DeadLetterWriter _deadLetters;
    private readonly AlarmOutlet _alarms;
    private readonly PipelineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LaneSet _lanes;
    private readonly Channel<BlockLease> _free;
    private readonly LogReader _reader;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _checkpointTimer;
    private readonly CheckpointTurn _turn = new();
    private readonly Task _dispatching;
    private TaskCompletionSource _due = NewSignal();
    private Task? _more;
    private Task _completing = Task.CompletedTask;
    private volatile bool _dirty;
    private long _dispatched;
    private long _committed;

    internal Pipeline(
        DurableLog log, TimeSeriesStore store, DeviceRegistry registry, DeadLetterWriter deadLetters, Ledger ledger, PipelineProgress progress,
        PipelineCounters counters, AlarmOutlet alarms, Func<MessageFlow> newFlow, int lanes, PipelineOptions options, TimeProvider time, ILogger logger)
    {
        _log = log;
        _store = store;
        _registry = registry;
        _deadLetters = deadLetters;
        _alarms = alarms;
        Ledger = ledger;
        Progress = progress;
        Counters = counters;
        _options = options;
        _time = time;
        _logger = logger;
        _dispatched = _committed = ledger.StartPosition;
        _reader = log.OpenReader(new LogPosition(Math.Max(ledger.StartPosition, log.First.Value)));
        _lanes = new LaneSet([.. Enumerable.Range(0, lanes).Select(i => new Lane(i, newFlow(), ledger.Lane(i), progress, deadLetters, counters, alarms, time, logger))]);
        var leases = (lanes * 2) + 2;
        _free = Channel.CreateBounded<BlockLease>(leases);
        for (var i = 0; i < leases; i++)
            _free.Writer.TryWrite(new BlockLease(new LogBlock(BlockBytes), lanes, lease => _free.Writer.TryWrite(lease)));
        var period = TimeSpan.FromSeconds(options.CheckpointSeconds);
        _checkpointTimer = time.CreateTimer(_ => WantCheckpoint(), null, period, period);
        _dispatching = Task.Run(DispatchAsync);
    }

    public Ledger Ledger { get; }

    public PipelineProgress Progress { get; }

    public PipelineCounters Counters { get; }

    /// <summary>Position up to which everything is committed to the store.</summary>
    public LogPosition Committed => new(Volatile.Read(ref _committed));

    /// <summary>Why the pipeline does not go on; null while it does.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Why the last commit failed; null when it did not.</summary>
    public Exception? CommitFailure { get; private set; }

    /// <summary>Takes a checkpoint soon, without waiting for the timer.</summary>
    public void WantCheckpoint() => Volatile.Read(ref _due).TrySetResult();

    /// <summary>Takes a checkpoint, and completes when all that was done on the lanes before the call is on disk (or throws when cancelled, or the pipeline stops).</summary>
    internal Task CommittedAsync(CancellationToken cancellation)
    {
        // Something besides new records has changed the store or the ledger: the checkpoint must not be left out.
        _dirty = true;
        return _turn.AfterNowAsync(WantCheckpoint, _dispatching, cancellation);
    }

    /// <summary>Runs something on the lane of a device, between two of its messages, and waits for it.</summary>
    internal Task<T> OnLaneAsync<T>(uint deviceHash, Func<Lane, Task<T>> act, CancellationToken cancellation) =>
        _lanes.RunOnAsync(_lanes.Of(deviceHash), act, cancellation);

    /// <summary>Runs something on every lane, between two messages, and waits until all have done it.</summary>
    internal async Task OnEveryLaneAsync(Action<Lane> act, CancellationToken cancellation)
    {
        foreach (var lane in _lanes.All)
        {
            await _lanes.RunOnAsync(lane, chosen =>
            {
                act(chosen);
                return Task.FromResult(true);
            }, cancellation);
        }
    }

    /// <summary>Processes everything that is durable, commits it and stops. No source may append any more.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        await Task.WhenAny([Progress.ReachAsync(Progress.Received), _dispatching, .. _lanes.All.Select(lane => lane.Completion)]).WaitAsync(cancellation);
        await StopAsync();
        if (Failure is not null)
            return;
        await CheckpointAsync(cancellation);
        await _completing;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _lanes.EndAsync();
        await _completing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _checkpointTimer.DisposeAsync();
        _reader.Dispose();
        _stopping.Dispose();
    }

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _dispatching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DispatchAsync()
    {
        try
        {
            while (true)
            {
                var lease = await TakeLeaseAsync();
                while (_reader.Read(lease.Block) == 0)
                    await WaitForMoreAsync();
                await HandOutAsync(lease);
                if (_dispatched - _committed >= _options.CheckpointMessages || _due.Task.IsCompleted)
                    await CheckpointUntilDoneAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped on purpose; what is not processed is processed after the next start.
        }
        catch (Exception e)
        {
            Failure = e;
            _logger.LogCritical(e, "The pipeline stopped at log position {Position}; messages stay in the log", _dispatched);
        }
    }

    private async ValueTask<BlockLease> TakeLeaseAsync()
    {
        var lease = await _free.Reader.ReadAsync(_stopping.Token);
        foreach (var lane in _lanes.All)
        {
            if (lane.Completion.IsFaulted)
                await lane.Completion;
        }

        return lease;
    }

    /// <summary>Waits for records behind the tail, and takes a checkpoint when one is due meanwhile.</summary>
    private async ValueTask WaitForMoreAsync()
    {
        _more ??= _reader.WaitAsync(_stopping.Token).AsTask();
        await Task.WhenAny(_more, _due.Task);
        if (_due.Task.IsCompleted)
            await CheckpointUntilDoneAsync();
        if (_more.IsCompleted)
        {
            await _more;
            _more = null;
        }
    }

    private async ValueTask HandOutAsync(BlockLease lease)
    {
        var block = lease.Block;
        var lost = block.First.Value - _dispatched;
        if (lost > 0)
            await CountLostAsync(_dispatched, lost);
        lease.Clear();
        for (var i = 0; i < block.Count; i++)
            lease.Assign(_lanes.IndexOf(RawRecord.DeviceHashOf(block[i])), i);
        var holders = 0;
        for (var lane = 0; lane < _lanes.All.Length; lane++)
            holders += lease.RecordsOf(lane).IsEmpty ? 0 : 1;
        _dispatched = block.End.Value;
        lease.Hold(holders);
        for (var lane = 0; lane < _lanes.All.Length; lane++)
        {
            if (!lease.RecordsOf(lane).IsEmpty)
                await _lanes.All[lane].GiveAsync(new LaneWork(lease, null), _stopping.Token);
        }
    }

    /// <summary>Records that the log could not read again: they are gone, and the books say so.</summary>
    private async ValueTask CountLostAsync(long position, long records)
    {
        _logger.LogError("The log has lost {Records} records from position {Position} on to corruption of the disk", records, position);
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        await _deadLetters.AddAsync(new DeadLetter(
            position, DeadReason.RecordLost, DeadDetail.Text(DeadDetail.Lost, records), "", null, null, "",
            now, now, now, 1, []));
        await OnLaneAsync(0, lane => Task.FromResult(lane.CountLost(now, (int)records)), _stopping.Token);
        Progress.Add((int)records);
    }

    private async ValueTask CheckpointUntilDoneAsync()
    {
        while (!await TryCheckpointAsync())
            await Task.Delay(CommitRetry, _time, _stopping.Token);
    }

    private async ValueTask<bool> TryCheckpointAsync()
    {
        try
        {
            await CheckpointAsync(_stopping.Token);
            CommitFailure = null;
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException && !_lanes.HasStopped)
        {
            // The disk is full or the database is stuck: nothing is lost, nothing more is processed until it is mended.
            if (CommitFailure is null)
                _logger.LogError(e, "The telemetry store cannot commit; the pipeline waits. Check the disk of the data folder.");
            CommitFailure = e;
            return false;
        }
    }

    private async Task CheckpointAsync(CancellationToken cancellation)
    {
        Volatile.Write(ref _due, NewSignal());
        var former = _completing;
        _completing = Task.CompletedTask;
        await former;
        if (_dispatched == _committed && !_dirty)
            return;
        var resume = await _lanes.PauseAsync(cancellation);
        CommitSnapshot snapshot;
        var position = _dispatched;
        var turn = 0L;
        try
        {
            if (Ledger.Check(position) is var remainder and not 0)
                _logger.LogCritical("The ledger does not add up at log position {Position}: {Remainder} messages", position, remainder);
            await _deadLetters.FlushAsync(cancellation);
            await _alarms.Flush(cancellation);
            _registry.SaveFirstSeen();
            _dirty = false;
            snapshot = _store.BeginCommit(Ledger.Token(position));
            turn = _turn.Begin();
        }
        finally
        {
            resume.SetResult();
        }

        _completing = CompleteAsync(snapshot, position, turn);
    }

    private async Task CompleteAsync(CommitSnapshot snapshot, long position, long turn)
    {
        try
        {
            await snapshot.CompleteAsync();
        }
        catch
        {
            _dirty = true;
            throw;
        }

        Volatile.Write(ref _committed, position);
        _turn.End(turn);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

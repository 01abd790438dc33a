using System.Threading.Channels;
using Garam.Platform.DeadLetters;
using Garam.Platform.Detection;
using Garam.Platform.Ingress;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Pipeline;

/// <summary>
/// Processes the messages of its share of the devices, one after the other in log order. All state inside is touched by one loop at a
/// time, so nothing in it needs a lock.
/// </summary>
internal sealed class Lane
{
    /// <summary>Blocks waiting for a lane; more would only add memory, the log itself is the queue.</summary>
    private const int QueueMax = 4;

    private readonly Channel<LaneWork> _queue = Channel.CreateBounded<LaneWork>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly int _index;
    private readonly LaneLedger _ledger;
    private readonly PipelineProgress _progress;
    private readonly DeadLetterWriter _deadLetters;
    private readonly PipelineCounters _counters;
    private readonly AlarmOutlet _alarms;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<DeadLetter> _letters = [];

    public Lane(
        int index, MessageFlow flow, LaneLedger ledger, PipelineProgress progress, DeadLetterWriter deadLetters, PipelineCounters counters,
        AlarmOutlet alarms, TimeProvider time, ILogger logger)
    {
        _index = index;
        Flow = flow;
        _ledger = ledger;
        _progress = progress;
        _deadLetters = deadLetters;
        _counters = counters;
        _alarms = alarms;
        _time = time;
        _logger = logger;
        Completion = Task.Run(RunAsync);
    }

    public MessageFlow Flow { get; }

    /// <summary>Receive time of the newest message processed, Unix microseconds; 0 before the first. Read on the lane.</summary>
    public long NewestUs { get; private set; }

    /// <summary>Ends after <see cref="Complete"/> when everything given has been done; faults when the lane met a defect.</summary>
    public Task Completion { get; }

    public ValueTask GiveAsync(LaneWork work, CancellationToken cancellation) => _queue.Writer.WriteAsync(work, cancellation);

    /// <summary>Lets the lane end after what it has been given.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Moves one message in the books to what it is now. Called on the lane.</summary>
    public void CountMoved(MessageState from, MessageState to, long receivedUs)
    {
        _ledger.Count(from, receivedUs, -1);
        _ledger.Count(to, receivedUs);
        _ledger.Publish();
    }

    /// <summary>Passes on all that rules have said, and what was counted and not told: before a checkpoint. Called on the lane.</summary>
    public async Task ReportAsync()
    {
        Flow.Detect.Report(NowUs());
        await PassAlarmsAsync();
    }

    /// <summary>Counts records whose bytes are gone. Called on the lane.</summary>
    public bool CountLost(long nowUs, int records)
    {
        _ledger.Count(MessageState.Dead, nowUs, records);
        _ledger.Publish();
        return true;
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var work in _queue.Reader.ReadAllAsync())
            {
                if (work.Block is { } block)
                    await RunBlockAsync(block);
                else
                    await work.Act!(this);
                await PassAlarmsAsync();
            }
        }
        catch (Exception e)
        {
            // A defect of ours: the lane stops here, the log keeps everything, and the node reports itself not ready.
            _logger.LogCritical(e, "Lane {Lane} stopped; readings stay in the log and are processed after a restart", _index);
            _queue.Writer.TryComplete(e);
            throw;
        }
    }

    private async ValueTask RunBlockAsync(BlockLease block)
    {
        var records = RunRecords(block);
        if (_letters.Count > 0)
            await WriteLettersAsync();
        _ledger.Publish();
        _progress.Add(records);
        block.Release();
    }

    private int RunRecords(BlockLease block)
    {
        var records = block.RecordsOf(_index);
        var newest = 0L;
        foreach (var index in records)
        {
            var record = block.Block[index];
            var position = block.Block.First.Value + index;
            FlowResult result;
            if (RawRecord.TryRead(record, out var raw))
            {
                newest = raw.ReceivedUs;
                result = Flow.Run(raw, position);
            }
            else
            {
                newest = NowUs();
                result = FlowResult.Dead(DeadReason.RecordUnreadable, DeadDetail.UnknownLayout);
            }

            _ledger.Count(result.State, newest);
            _counters.Count(_index, result.State);
            if (result.State == MessageState.Dead)
                _letters.Add(Letter(record, raw, position, newest, result));
        }

        _counters.Samples(_index, Flow.Samples);
        NewestUs = Math.Max(NewestUs, newest);
        if (newest > 0)
            _counters.Latency(NowUs() - newest, records.Length);
        return records.Length;
    }

    private DeadLetter Letter(ReadOnlySpan<byte> record, in RawRecord raw, long position, long receivedUs, in FlowResult result)
    {
        _counters.Dead(result.Reason!);
        var now = NowUs();
        return new DeadLetter(
            position, result.Reason!, result.Detail!, RawRecord.Text(raw.Device), result.Product, result.SpecVersion,
            RawRecord.Text(raw.Channel), receivedUs, now, now, 1, record.ToArray());
    }

    private async ValueTask PassAlarmsAsync()
    {
        var signals = Flow.Detect.Alarms.Signals;
        if (signals.Count == 0)
            return;
        foreach (var signal in signals)
            await _alarms.Add(signal);
        signals.Clear();
    }

    private async ValueTask WriteLettersAsync()
    {
        foreach (var letter in _letters)
            await _deadLetters.AddAsync(letter);
        _letters.Clear();
    }

    private long NowUs() => _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}

using Garam.Log;
using Garam.Platform.Ingress;
using Garam.Platform.Packs;
using Garam.Platform.Pipeline;

namespace Garam.Platform.Replay;

/// <summary>One replay: reads the log from its beginning to its end, gathers a draft for each device, and hands full ones to their lanes.</summary>
internal sealed class ReplayPass
{
    /// <summary>Messages repaired in one turn on a lane: some ten milliseconds that live readings of its devices wait.</summary>
    private const int DraftMessagesMax = 1_024;

    private const int DraftCellsMax = 65_536;

    /// <summary>Samples gathered over all devices, about 100 MB: with many devices each gets fewer at a time.</summary>
    private const int PendingCellsMax = 1_000_000;

    private const int PendingMessagesMax = 262_144;

    /// <summary>Messages repaired before they are committed: bounds what the store holds in memory of them.</summary>
    private const int CommitMessages = 131_072;

    /// <summary>Receive times ascend in the log but for a clock set back; this much is looked past the end of the range.</summary>
    private const long ClockSlackUs = 3_600_000_000;

    private readonly ReplaySources _sources;
    private readonly ReplayRequest _request;
    private readonly Action<ReplayProgress> _progress;
    private readonly ReplayTally _tally = new();
    private readonly ReplayBooks _books;
    private readonly ReplayDecoder _decoder;
    private readonly PackSet _packs;
    private readonly Dictionary<Utf8Name, ReplayDevice?> _devices = new(Utf8Name.Comparer.Instance);
    private readonly List<ReplayDevice> _full = [];
    private long _start;
    private long _end;
    private long? _logBeginsUs;
    private int _pendingCells;
    private int _pendingMessages;
    private int _uncommitted;

    public ReplayPass(ReplaySources sources, ReplayRequest request, Action<ReplayProgress> progress)
    {
        _sources = sources;
        _request = request;
        _progress = progress;
        _packs = sources.Packs.Current;
        _books = new ReplayBooks(sources.Pipeline.Ledger, sources.Letters, sources.LetterWriter, sources.Time, _tally, request.IsDryRun);
        _decoder = new ReplayDecoder(new EventTime(sources.Options), (device, product) => new DerivedReadings(
            [.. sources.Code.Derivations.Where(d => d.ProductId == product.Id)], sources.Store, sources.Store.FindGroup(device.Id)));
    }

    public async Task<ReplayReport> RunAsync(CancellationToken cancellation)
    {
        // What is committed has been through the lanes: a replay never gets ahead of a live message.
        await _sources.Pipeline.CommittedAsync(cancellation);
        _end = _sources.Pipeline.Committed.Value;
        _start = Start();
        using var reader = _sources.Log.OpenReader(new LogPosition(_start));
        var block = new LogBlock();
        while (reader.Next.Value < _end && reader.Read(block) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var goesOn = Gather(block);
            await RepairAsync(_full, cancellation);
            if (_pendingCells > PendingCellsMax || _pendingMessages > PendingMessagesMax)
                await RepairAllAsync(cancellation);
            _progress(new ReplayProgress(Math.Min(1, (reader.Next.Value - _start) / (double)Math.Max(1, _end - _start)), _tally.Messages, _tally.Changes));
            if (!goesOn)
                break;
        }

        await RepairAllAsync(cancellation);
        if (!_request.IsDryRun)
        {
            await RefreshDetectionAsync(cancellation);
            await CommitAsync(cancellation);
        }

        return _tally.Report(_request.IsDryRun, _logBeginsUs) with { EarliestUs = _tally.EarliestUs, NewestUs = _tally.NewestUs };
    }

    private long Start()
    {
        var from = DateTime.UnixEpoch.AddTicks((_request.FromUs - ClockSlackUs) * 10);
        var start = _sources.Log.FirstAppendedSince(from < DateTime.UnixEpoch ? DateTimeOffset.UnixEpoch : new DateTimeOffset(from, TimeSpan.Zero));
        return Math.Max(start.Value, _sources.Log.First.Value);
    }

    /// <summary>Decodes the block's messages that are in the range; false when the range is behind.</summary>
    private bool Gather(LogBlock block)
    {
        for (var i = 0; i < block.Count; i++)
        {
            var position = block.PositionOf(i).Value;
            if (position >= _end)
                return false;
            var record = block[i];
            if (!RawRecord.TryRead(record, out var raw))
                continue;
            if (position == _sources.Log.First.Value && position > 0 && raw.ReceivedUs > _request.FromUs)
                _logBeginsUs = raw.ReceivedUs;
            if (raw.ReceivedUs >= _request.ToUs + ClockSlackUs)
                return false;
            if (raw.ReceivedUs >= _request.FromUs && raw.ReceivedUs < _request.ToUs && raw.Kind == RouteKind.Telemetry)
                Gather(raw, record, position);
        }

        return true;
    }

    private void Gather(in RawRecord raw, ReadOnlySpan<byte> record, long position)
    {
        if (_request.DeviceId is { } only && !System.Text.Ascii.Equals(raw.Device, only))
            return;
        if (Find(raw) is not { } device)
        {
            _tally.Skipped++;
            return;
        }

        var cells = device.Draft.Cells;
        _decoder.Decode(device, raw, record, position, _packs);
        _tally.Messages++;
        _pendingMessages++;
        _pendingCells += device.Draft.Cells - cells;
        if (device.Draft.Messages.Count == DraftMessagesMax || (cells < DraftCellsMax && device.Draft.Cells >= DraftCellsMax))
            _full.Add(device);
    }

    /// <summary>The sender; null when it is not registered, for what was deleted must not come back.</summary>
    private ReplayDevice? Find(in RawRecord raw)
    {
        var lookup = _devices.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(raw.Device, out var device))
        {
            var id = RawRecord.Text(raw.Device);
            lookup[raw.Device] = device = _sources.Registry.TryGet(id, out var entry) ? new ReplayDevice(entry, raw.DeviceHash) : null;
            if (device is not null)
                _tally.Device(id);
        }

        return device;
    }

    private async Task RepairAllAsync(CancellationToken cancellation) => await RepairAsync([.. _devices.Values.OfType<ReplayDevice>()], cancellation);

    private async Task RepairAsync(List<ReplayDevice> devices, CancellationToken cancellation)
    {
        foreach (var device in devices)
        {
            var draft = device.TakeDraft();
            if (draft.Messages.Count == 0)
                continue;
            cancellation.ThrowIfCancellationRequested();
            _pendingMessages -= draft.Messages.Count;
            _pendingCells -= draft.Cells;
            var letters = _sources.Letters.Between(device.Id, draft.FirstPosition, draft.LastPosition).ToDictionary(l => l.Position);
            await _sources.Pipeline.OnLaneAsync(device.LaneHash, lane => RepairAsync(lane, device, draft, letters), cancellation);
            _uncommitted += draft.Messages.Count;
            if (_uncommitted >= CommitMessages && !_request.IsDryRun)
                await CommitAsync(cancellation);
        }

        devices.Clear();
    }

    private async Task<bool> RepairAsync(Lane lane, ReplayDevice device, DeviceDraft draft, Dictionary<long, DeadLetters.DeadLetter> letters)
    {
        var group = _sources.Store.FindGroup(device.Id);
        if (group is null && !_request.IsDryRun && draft.Instants.Count > 0 && !_sources.Store.TryGroup(device.Id, out group))
            return false;
        foreach (var timeUs in draft.Instants.Keys)
            _tally.Reading(timeUs);
        var stored = new StoredStretch(_sources.Store, group, draft, _sources.Options);
        var changes = _tally.Changes;
        new DraftRepair(_sources.Store, group, draft, stored, device, _tally, new ReplayBounds(_start, _end, _request.IsDryRun)).Run();
        device.HasChanged |= _tally.Changes > changes;
        await _books.WriteAsync(lane, draft.Messages, stored.Own.Select(e => e.Position).ToHashSet(), letters);
        return true;
    }

    /// <summary>Windows and derivations of live readings go on from the repaired past.</summary>
    private async Task RefreshDetectionAsync(CancellationToken cancellation)
    {
        foreach (var device in _devices.Values.OfType<ReplayDevice>().Where(d => d.HasChanged))
        {
            await _sources.Pipeline.OnLaneAsync(device.LaneHash, lane =>
            {
                lane.Flow.Devices.Refresh(device.Id);
                return Task.FromResult(true);
            }, cancellation);
        }
    }

    private async Task CommitAsync(CancellationToken cancellation)
    {
        await _sources.Pipeline.CommittedAsync(cancellation);
        _uncommitted = 0;
        _books.RemoveRecovered();
    }
}

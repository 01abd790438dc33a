namespace Garam.Log.Tests.Simulation;

/// <summary>
/// A log's life from a seed: appends, flushes, checkpoints, retention, closing and opening, on a disk that fails, ended by a
/// crash, several times over. After each crash everything acknowledged must be there, in order, once, and nothing is
/// reported as damaged, because nothing was.
/// </summary>
internal sealed class CrashScenario
{
    private const string Folder = "/log";
    private const string Consumer = "consumer";

    private readonly Random _random;
    private readonly ManualTime _time = new();
    private readonly LogBlock _block;
    private readonly LogOptions _options;

    public CrashScenario(int seed)
    {
        _random = new Random(seed);
        Storage = new SimulatedStorage(_random.Next(), _time);
        _block = new LogBlock(_random.Next(64, 4096));
        var group = _random.Next(600, 3000);
        _options = new LogOptions
        {
            Seed = seed,
            RecordBytesMax = 512,
            GroupBytesMax = group,
            CongestedBytes = group / 2,
            SegmentBytes = group + 500 + _random.Next(8000),
            PreallocateBytes = _random.Next(3) * 1500,
            SegmentAgeMax = TimeSpan.FromMinutes(10),
            FreeBytesReserve = _random.Next(2) * 1000,
            RetainBytes = 6000,
            RetainFor = TimeSpan.FromHours(1),
        };
    }

    public LogModel Model { get; } = new();

    public SimulatedStorage Storage { get; }

    public int Crashes { get; private set; }

    public void Run()
    {
        for (var lives = _random.Next(1, 5); lives > 0; lives--)
        {
            Storage.StopAfter = _random.Next(300);
            Storage.ShortWriteChance = _random.Next(3) * 0.1;
            Storage.FlushFailureChance = _random.Next(4) == 0 ? 0.02 : 0;
            Storage.CapacityBytes = _random.Next(3) == 0 ? _random.Next(2000, 20_000) : long.MaxValue;
            Storage.SlownessMax = _random.Next(3) == 0 ? TimeSpan.FromSeconds(20) : TimeSpan.Zero;
            Live();
            Crash();
        }
        Verify();
    }

    /// <summary>Opens on a disk without faults and compares everything.</summary>
    public void Verify()
    {
        var log = Open();
        Compare(log);
        log.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Live()
    {
        try
        {
            var log = Open();
            if (_random.Next(3) == 0) Compare(log);
            while (log.Failure is null && !Storage.IsStopped && Step(ref log))
            {
                // Each step is one thing that a program does with its log.
            }
        }
        catch (SimulatedCrashException)
        {
            // What this test is about.
        }
        catch (Exception e) when (e is IOException or LogFailedException)
        {
            // Opening met a full disk, or a flush failed: the program would end here.
        }
    }

    private bool Step(ref DurableLog log)
    {
        switch (_random.Next(12))
        {
            case 0:
                return Storage.StopAfter - Storage.Operations > 20 || _random.Next(4) != 0;
            case 1:
                SetCheckpoint(log);
                break;
            case 2:
                Retain(log);
                break;
            case 3 when _random.Next(5) == 0:
                log.DisposeAsync().AsTask().GetAwaiter().GetResult();
                if (log.Failure is null && !log.IsFull) Model.Acknowledge(log.Durable);
                log = Open();
                break;
            case 4:
                _time.Advance(TimeSpan.FromMinutes(_random.Next(8)));
                break;
            case 5 when log.IsFull:
                Storage.CapacityBytes = long.MaxValue;
                break;
            case 6 when Model.Acknowledged > log.First.Value:
                CompareOne(log, _random.NextInt64(log.First.Value, Model.Acknowledged));
                break;
            case < 10:
                Append(log);
                break;
            default:
                log.FlushOnce();
                Model.Acknowledge(log.Durable);
                break;
        }
        return true;
    }

    private void Append(DurableLog log)
    {
        for (var count = _random.Next(1, 12); count > 0; count--)
        {
            var record = Model.NewRecord(_random.Next(8, _random.Next(10) == 0 ? 512 : 100));
            var split = _random.Next(record.Length);
            if (log.TryAppend(record.AsSpan(0, split), record.AsSpan(split), out var position)) Model.Appended(position);
            else Model.Refused();
        }
    }

    private void SetCheckpoint(DurableLog log)
    {
        var position = _random.NextInt64(log.First.Value, log.Durable.Value + 1);
        Model.CheckpointMaySet(position);
        log.SetCheckpoint(Consumer, new LogPosition(position));
        Model.CheckpointIs(position);
    }

    private void Retain(DurableLog log)
    {
        var before = log.First;
        log.ApplyRetention();
        log.First.ShouldBeGreaterThanOrEqualTo(before);
        if (log.First > before && log.GetCheckpoint(Consumer) is { } needed) log.First.ShouldBeLessThanOrEqualTo(needed);
    }

    private DurableLog Open()
    {
        var log = DurableLog.Open(Folder, _options, Storage, _time, flushThread: false);
        log.Recovery.Corruptions.ShouldBeEmpty();
        log.Recovery.DamagedCheckpoints.ShouldBeEmpty();
        Model.Reopened(log);
        return log;
    }

    private void Crash()
    {
        Crashes++;
        if (_random.Next(3) != 0) Storage.LosePower();
        else Storage.KillProcess();
        Storage.ShortWriteChance = Storage.FlushFailureChance = 0;
        Storage.CapacityBytes = long.MaxValue;
    }

    private void Compare(DurableLog log)
    {
        using var reader = log.OpenReader(log.First);
        var expected = log.First;
        while (reader.Read(_block) > 0)
        {
            _block.First.ShouldBe(expected);
            for (var i = 0; i < _block.Count; i++)
                if (!_block[i].SequenceEqual(Model.RecordAt(_block.PositionOf(i).Value))) throw new InvalidDataException($"Record {_block.PositionOf(i)} differs.");
            expected = _block.End;
        }
        expected.ShouldBe(log.Durable);
        reader.RecordsLost.ShouldBe(0);
    }

    private void CompareOne(DurableLog log, long position)
    {
        if (!log.TryRead(new LogPosition(position), _block)) throw new InvalidDataException($"{position} {log.First} {log.Durable} {string.Join(';', log.Segments.Snapshot.Select(x=>(x.First,x.End, x.Locate(position))))} op {Storage.Operations} {Storage.StopAfter} {log.RecordsLostWhileReading} block {_block.Count}");
        _block[0].SequenceEqual(Model.RecordAt(position)).ShouldBeTrue();
    }
}

using Garam.Log.Tests.Simulation;

namespace Garam.Log.Tests;

/// <summary>A log on a simulated disk, with small sizes so that a test fills segments with few records.</summary>
internal sealed class SimulatedLog
{
    public const string Folder = "/log";

    public SimulatedLog(int seed = 1) => Storage = new SimulatedStorage(seed, Time);

    public ManualTime Time { get; } = new();

    public SimulatedStorage Storage { get; }

    public LogOptions Options { get; set; } = new()
    {
        Seed = 1,
        RecordBytesMax = 1000,
        GroupBytesMax = 2000,
        CongestedBytes = 1000,
        SegmentBytes = 4096,
        PreallocateBytes = 1024,
        SegmentAgeMax = TimeSpan.FromDays(1000),
        FreeBytesReserve = 0,
        GroupDelayMax = TimeSpan.Zero,
        RetainBytes = null,
        RetainFor = null,
    };

    public static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public DurableLog Open(bool flushThread = false) => DurableLog.Open(Folder, Options, Storage, Time, flushThread);

    /// <summary>Appends records whose key is their position, one flush for each.</summary>
    public static void Fill(DurableLog log, int count, int length = 100)
    {
        for (; count > 0; count--)
        {
            log.Append(default, Record.Of(log.Next.Value, length));
            log.FlushOnce().ShouldBeTrue();
        }
    }

    /// <summary>Positions of all records that can be read. Each must hold what was appended there.</summary>
    public static List<long> ReadAll(DurableLog log, LogReader? reader = null, int length = 100)
    {
        using var own = reader is null ? log.OpenReader(log.First) : null;
        reader ??= own!;
        var block = new LogBlock(1024);
        var positions = new List<long>();
        while (reader.Read(block) > 0)
        {
            for (var i = 0; i < block.Count; i++)
            {
                var position = block.PositionOf(i).Value;
                block[i].SequenceEqual(Record.Of(position, length)).ShouldBeTrue($"record {position}");
                positions.Add(position);
            }
        }
        return positions;
    }

    public static IEnumerable<long> Positions(long from, long to) => Enumerable.Range(0, (int)(to - from)).Select(i => from + i);
}

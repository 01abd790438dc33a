using System.Buffers.Binary;

namespace Garam.Platform.Pipeline;

/// <summary>
/// The conservation ledger: received = stored + filtered + duplicate + dead + in flight, over all time and per day.
/// </summary>
/// <remarks>
/// "Received" is the log's own count of records, and everything else is counted by the lanes: two independent counts that must agree.
/// The lanes' part is kept in the telemetry store's checkpoint, so after a crash it stands exactly at the position from which the log
/// is processed again. A difference at a checkpoint, when nothing is in flight, is a defect: it is logged, shown as
/// <c>remainder</c>, and makes the node not ready.
/// </remarks>
public sealed class Ledger
{
    /// <summary>Days kept one by one; older ones remain in the total.</summary>
    public const int DaysKept = 35;

    private const byte TokenVersion = 1;
    private const int TokenHeadBytes = 1 + 8 + 32 + 4;
    private const int TokenDayBytes = 4 + 32;

    private readonly LaneLedger[] _lanes;
    private readonly SortedDictionary<int, LedgerCounts> _restored;
    private readonly LedgerCounts _restoredTotal;

    internal Ledger(int lanes, ReadOnlySpan<byte> token)
    {
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new LaneLedger())];
        (StartPosition, _restoredTotal, _restored) = Read(token);
    }

    /// <summary>The log position of the restored checkpoint: everything before it is counted in it.</summary>
    internal long StartPosition { get; }

    /// <summary>What the last check found: messages processed but not counted (or counted twice, when negative). 0 is right.</summary>
    public long Remainder { get; private set; }

    internal LaneLedger Lane(int index) => _lanes[index];

    /// <summary>All counts since the first start.</summary>
    public LedgerCounts Total()
    {
        var sum = _restoredTotal;
        foreach (var day in SinceStartDays().Values)
            sum += day;
        return sum;
    }

    /// <summary>The counts since this process started.</summary>
    public LedgerCounts SinceStart() => Total() - _restoredTotal;

    /// <summary>The newest days, by receive time in UTC, oldest first.</summary>
    public IReadOnlyList<(DateOnly Day, LedgerCounts Counts)> Days()
    {
        var days = new SortedDictionary<int, LedgerCounts>(_restored);
        foreach (var lane in _lanes)
            lane.AddTo(days);
        return [.. days.TakeLast(DaysKept).Select(d => (DateOnly.FromDayNumber(d.Key), d.Value))];
    }

    /// <summary>
    /// Checks the books at a moment when every record before <paramref name="position"/> is processed and none after it.
    /// </summary>
    internal long Check(long position)
    {
        Remainder = position - Total().Processed;
        return Remainder;
    }

    /// <summary>The checkpoint of the pipeline: position and counts, as the telemetry store keeps it (docs/formats/checkpoint.md).</summary>
    internal byte[] Token(long position)
    {
        var days = Days();
        var token = new byte[TokenHeadBytes + (days.Count * TokenDayBytes)];
        token[0] = TokenVersion;
        BinaryPrimitives.WriteInt64LittleEndian(token.AsSpan(1), position);
        Write(token.AsSpan(9), Total());
        BinaryPrimitives.WriteInt32LittleEndian(token.AsSpan(41), days.Count);
        for (var i = 0; i < days.Count; i++)
        {
            var at = token.AsSpan(TokenHeadBytes + (i * TokenDayBytes));
            BinaryPrimitives.WriteInt32LittleEndian(at, days[i].Day.DayNumber);
            Write(at[4..], days[i].Counts);
        }

        return token;
    }

    internal static int DayOf(long us) => (int)(us / 86_400_000_000) + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private SortedDictionary<int, LedgerCounts> SinceStartDays()
    {
        var days = new SortedDictionary<int, LedgerCounts>();
        foreach (var lane in _lanes)
            lane.AddTo(days);
        return days;
    }

    private static (long Position, LedgerCounts Total, SortedDictionary<int, LedgerCounts> Days) Read(ReadOnlySpan<byte> token)
    {
        var days = new SortedDictionary<int, LedgerCounts>();
        if (token.Length < TokenHeadBytes || token[0] != TokenVersion)
            return (0, default, days);
        var count = Math.Min(BinaryPrimitives.ReadInt32LittleEndian(token[41..]), (token.Length - TokenHeadBytes) / TokenDayBytes);
        for (var i = 0; i < count; i++)
        {
            var at = token[(TokenHeadBytes + (i * TokenDayBytes))..];
            days[BinaryPrimitives.ReadInt32LittleEndian(at)] = ReadCounts(at[4..]);
        }

        return (BinaryPrimitives.ReadInt64LittleEndian(token[1..]), ReadCounts(token[9..]), days);
    }

    private static LedgerCounts ReadCounts(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));

    private static void Write(Span<byte> bytes, LedgerCounts counts)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, counts.Stored);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], counts.Filtered);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], counts.Duplicate);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], counts.Dead);
    }
}

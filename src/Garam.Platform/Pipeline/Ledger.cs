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

    /// <param name="token">What <see cref="Token"/> gave; empty when there has been no checkpoint.</param>
    /// <exception cref="InvalidDataException">The token is damaged, or of a newer version: to begin again at 0 would count everything twice.</exception>
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

    /// <summary>The counts of the day of a receive time.</summary>
    internal LedgerCounts On(long receivedUs)
    {
        var day = DayOf(receivedUs);
        var counts = _restored.GetValueOrDefault(day);
        foreach (var lane in _lanes)
            counts += lane.On(day);
        return counts;
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
        if (token.IsEmpty)
            return (0, default, days);
        if (token[0] != TokenVersion)
            throw new InvalidDataException($"its checkpoint is of version {token[0]}, this program reads {TokenVersion}. Start the newer Garam that wrote it.");
        if (token.Length < TokenHeadBytes || token.Length != TokenHeadBytes + (BinaryPrimitives.ReadInt32LittleEndian(token[41..]) * (long)TokenDayBytes))
            throw new InvalidDataException($"its checkpoint of {token.Length} bytes is damaged. Restore the folder from a backup.");
        for (var at = token[TokenHeadBytes..]; !at.IsEmpty; at = at[TokenDayBytes..])
        {
            var day = BinaryPrimitives.ReadInt32LittleEndian(at);
            if (day < 0 || day > DateOnly.MaxValue.DayNumber)
                throw new InvalidDataException($"its checkpoint counts a day {day}, which is none. Restore the folder from a backup.");
            days[day] = ReadCounts(at[4..]);
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

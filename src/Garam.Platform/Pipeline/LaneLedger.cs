namespace Garam.Platform.Pipeline;

/// <summary>
/// One lane's count of what became of its messages, by UTC day of their receive time. Written by the lane alone; others read
/// it through <see cref="AddTo"/> and see every day's counts as they were at some moment.
/// </summary>
internal sealed class LaneLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, LedgerCounts> _days = [];
    private int _day = -1;
    private LedgerCounts _pending;

    /// <summary>Counts a message; cheap, and visible to others after <see cref="Publish"/>.</summary>
    public void Count(MessageState state, long receivedUs, int messages = 1)
    {
        var day = Ledger.DayOf(receivedUs);
        if (day != _day)
        {
            Publish();
            _day = day;
        }

        _pending = _pending.Count(state, messages);
    }

    /// <summary>Makes the counts of the block just processed visible.</summary>
    public void Publish()
    {
        if (_pending == default)
            return;
        lock (_lock)
            _days[_day] = _days.GetValueOrDefault(_day) + _pending;
        _pending = default;
    }

    public LedgerCounts On(int day)
    {
        lock (_lock)
            return _days.GetValueOrDefault(day);
    }

    public void AddTo(SortedDictionary<int, LedgerCounts> days)
    {
        lock (_lock)
        {
            foreach (var (day, counts) in _days)
                days[day] = days.GetValueOrDefault(day) + counts;
        }
    }
}

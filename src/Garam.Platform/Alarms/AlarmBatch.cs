using Garam.Platform.Alarms.Quiet;

namespace Garam.Platform.Alarms;

/// <summary>
/// One transaction of the desk. Changes of memory wait here until it has committed, so a batch that fails leaves no trace and can be done
/// again.
/// </summary>
internal sealed class AlarmBatch(AlarmTable table, LiveAlarms live, DeskRules rules, QuietTimes quiet, long nowUs)
{
    /// <summary>Progress is shown to watchers of the stream for at most this many alarms a batch; lists always show it.</summary>
    private const int ProgressShownMax = 64;

    private readonly Dictionary<AlarmKey, LiveAlarm?> _staged = [];
    private readonly HashSet<AlarmKey> _progressed = [];
    private readonly List<AlarmEvent> _history = [];
    private readonly List<AlarmEvent> _told = [];
    private AlarmNumbers _numbers = table.Numbers();

    public AlarmTable Table => table;

    public DeskRules Rules => rules;

    public long NowUs => nowUs;

    /// <summary>Shelvings and maintenance windows as they are after this batch.</summary>
    public QuietTimes Quiet { get; private set; } = quiet;

    /// <summary>What happened, for those who watch, in order.</summary>
    public List<AlarmEvent> Events { get; } = [];

    /// <summary>New alarms in the order they were raised, with the receive time of their message: for the latency.</summary>
    public List<(Alarm Alarm, long ReceivedUs)> Raised { get; } = [];

    /// <summary>Whether anything was put into the outbox.</summary>
    public bool IsTold => _told.Count > 0;

    /// <summary>Whether an automatic action waits that did not before.</summary>
    public bool HasActions { get; private set; }

    /// <summary>Whether the transaction writes anything.</summary>
    public bool IsWritten { get; private set; }

    public LiveAlarm? Find(AlarmKey key) => _staged.TryGetValue(key, out var staged) ? staged : live.Find(key);

    /// <summary>Alarms that last or flap, those changed in this batch as they are after it.</summary>
    public List<LiveAlarm> All() =>
        _staged.Count == 0 ? [.. live.All] : [.. live.All.Where(a => !_staged.ContainsKey(a.Key)), .. _staged.Values.OfType<LiveAlarm>()];

    public long NextAlarmId()
    {
        _numbers = _numbers with { Alarm = _numbers.Alarm + 1 };
        return _numbers.Alarm;
    }

    public long NextQuietId()
    {
        _numbers = _numbers with { Quiet = _numbers.Quiet + 1 };
        return _numbers.Quiet;
    }

    /// <summary>The alarm of a number, with figures that this batch has not written yet; null when there is none.</summary>
    public StoredAlarm? Load(long id)
    {
        if (table.Find(id) is not { } stored)
            return null;
        if (Find(stored.Alarm.Key) is not { } known || known.Id != id)
            return stored;
        return stored with
        {
            Alarm = stored.Alarm with { LastPosition = known.LastPosition, LastUs = known.LastUs, Count = known.Count, Worst = known.Worst },
        };
    }

    /// <summary>Writes a new alarm. It is told with <see cref="Tell"/>.</summary>
    public void Insert(StoredAlarm stored, long receivedUs)
    {
        table.Insert(stored);
        IsWritten = true;
        _staged[stored.Alarm.Key] = LiveAlarm.Of(stored);
        Raised.Add((stored.Alarm, receivedUs));
    }

    /// <summary>Writes an alarm of the past, which is over.</summary>
    public void InsertPast(StoredAlarm stored)
    {
        table.Insert(stored);
        IsWritten = true;
    }

    /// <summary>Writes an alarm that has changed, its history, and what people must be told.</summary>
    /// <param name="isTold">Whether the outbox hears of it.</param>
    public void Change(StoredAlarm stored, AlarmChange change, string? by = null, string? note = null, bool isTold = true)
    {
        table.Update(stored);
        IsWritten = true;
        var alarm = LiveAlarm.Of(stored);
        // An older alarm of a key says nothing of the one that lasts now.
        if (Find(alarm.Key) is not { } known ? alarm.IsLive : known.Id == alarm.Id)
        {
            _staged[alarm.Key] = alarm.IsLive ? alarm : null;
            _progressed.Remove(alarm.Key);
        }

        var happened = new AlarmEvent(change, stored.Alarm, nowUs, by, note);
        if (change == AlarmChange.Progressed)
            Events.Add(happened);
        else
            Tell(happened, isTold);
    }

    /// <summary>Figures have gone on; written once at the end of the batch.</summary>
    public void Progress(LiveAlarm alarm)
    {
        _staged[alarm.Key] = alarm;
        _progressed.Add(alarm.Key);
    }

    /// <summary>Puts a change into the history and the stream, and into the outbox when people are to be told.</summary>
    public void Tell(AlarmEvent happened, bool isTold)
    {
        IsWritten = true;
        Events.Add(happened);
        _history.Add(happened);
        if (isTold)
            _told.Add(happened);
    }

    /// <summary>Tells people of a raise that the history has already: one that was shelved until now.</summary>
    public void TellLate(Alarm alarm, string note) => _told.Add(new AlarmEvent(AlarmChange.Raised, alarm, nowUs, null, note));

    /// <summary>Asks all actions, after the commit: a pack's code decides outside of this transaction whether it wants the alarm.</summary>
    public void Ask(Alarm alarm)
    {
        if (!alarm.FollowUp.HasFlag(FollowUp.Action))
            return;
        foreach (var action in rules.Actions)
        {
            table.AddAction(alarm.Id, action.Name, nowUs);
            HasActions = true;
        }
    }

    public void Put(QuietTimes times)
    {
        Quiet = times;
        IsWritten = true;
    }

    /// <summary>Writes what was gathered; the transaction is committed after it.</summary>
    /// <param name="isForced">Whether to write even when there is nothing: a commit that writes nothing syncs nothing.</param>
    public void Finish(AlarmOutbox outbox, bool isWatched, bool isForced)
    {
        IsWritten |= isForced || _progressed.Count > 0;
        if (!IsWritten)
            return;
        table.Write();
        table.Progress(_progressed.Select(Find).OfType<LiveAlarm>());
        if (isWatched)
            Events.AddRange(_progressed.Take(ProgressShownMax).Select(k => new AlarmEvent(AlarmChange.Progressed, table.Find(Find(k)!.Id)!.Alarm, nowUs, null, null)));
        table.AddHistory(_numbers.History + 1, _history);
        if (IsTold)
            outbox.Add(table.Connection, table.Transaction, _told);
        table.Save(_numbers with { History = _numbers.History + _history.Count });
    }

    /// <summary>Makes memory what the database is; called once, after the commit.</summary>
    public void Apply()
    {
        foreach (var (key, alarm) in _staged)
            live.Set(key, alarm);
    }
}

using Garam.Platform.Devices;

namespace Garam.Platform.Alarms;

/// <summary>
/// What one transaction of the desk does. Changes of memory wait here until it has committed, so a batch that fails leaves no trace and can be
/// done again.
/// </summary>
/// <remarks>
/// What decides whether a signal has been taken before (after a restart the log behind the checkpoint is read again):
/// a raise or clear with a position is new when it lies behind the newest raise or clear of its key;
/// figures are totals, so the higher ones win;
/// a silence (position −1) is known by the event time that it began at.
/// </remarks>
internal sealed class AlarmBatch(AlarmTable table, LiveAlarms live, DeviceRegistry registry, FlapRule flap, long nowUs)
{
    /// <summary>Progress is shown to watchers of the stream at most this often a batch; lists always show it.</summary>
    private const int ProgressShownMax = 64;

    private readonly Dictionary<AlarmKey, LiveAlarm?> _staged = [];
    private readonly HashSet<AlarmKey> _progressed = [];
    private readonly List<AlarmEvent> _history = [];
    private readonly List<AlarmEvent> _told = [];
    private AlarmNumbers _numbers = table.Numbers();

    public AlarmTable Table => table;

    public long NowUs => nowUs;

    /// <summary>What happened, for those who watch, in order.</summary>
    public List<AlarmEvent> Events { get; } = [];

    /// <summary>Whether anything was put into the outbox.</summary>
    public bool IsTold => _told.Count > 0;

    /// <summary>Whether the transaction writes anything.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Raises in the order they were taken, with the receive time of their message: for the latency.</summary>
    public List<(Alarm Alarm, long ReceivedUs)> Raised { get; } = [];

    public void Take(AlarmSignal signal)
    {
        switch (signal)
        {
            case AlarmRaise raise:
                Raise(raise);
                break;
            case AlarmProgress progress:
                Progress(progress);
                break;
            case AlarmClear clear:
                Clear(clear);
                break;
        }
    }

    public LiveAlarm? Find(AlarmKey key) => _staged.TryGetValue(key, out var staged) ? staged : live.Find(key);

    /// <summary>Alarms that last or flap, those changed in this batch as they are after it.</summary>
    public List<LiveAlarm> All() =>
        [.. live.All.Where(a => !_staged.ContainsKey(a.Key)), .. _staged.Values.OfType<LiveAlarm>()];

    /// <summary>Does what a person wants, or says why not.</summary>
    public AlarmAnswer Take(AlarmOrder order)
    {
        if (Load(order.AlarmId) is not { } stored)
            return new AlarmAnswer(null, $"There is no alarm {order.AlarmId}.");
        var (alarm, change, refusal) = AlarmLifecycle.Take(stored.Alarm, order, nowUs);
        if (refusal is not null)
            return new AlarmAnswer(alarm, refusal);
        if (alarm.State is AlarmState.Resolved or AlarmState.Closed && !stored.IsLasting)
            alarm = alarm with { IsFlapping = false };
        Change(stored with { Alarm = alarm }, change, order.By, order.Note);
        return new AlarmAnswer(alarm, null);
    }

    /// <summary>Clears what lasts for rules that are gone.</summary>
    public void ClearMissing(string ruleset, IReadOnlySet<string> rules)
    {
        foreach (var alarm in All().Where(a => a.IsLasting && a.Key.Ruleset == ruleset && !rules.Contains(a.Key.Rule)))
            Clear(new AlarmClear(alarm.Key, -1, nowUs, 0, double.NaN, "rule-removed"));
    }

    /// <summary>Ends flapping that has been quiet for long enough: a held alarm clears, one whose condition holds goes on as an ordinary one.</summary>
    public void EndFlapping()
    {
        foreach (var alarm in All().Where(a => a.IsFlapping && nowUs - a.FlapUs >= flap.WindowUs))
        {
            var stored = Load(alarm.Id)!;
            var ended = stored.Alarm with { IsFlapping = false, Revision = stored.Alarm.Revision + 1 };
            if (alarm is { IsLasting: false, IsOpen: true })
                Change(stored with { Alarm = ended with { State = AlarmState.Cleared } }, AlarmChange.Cleared, null, "flapping-ended");
            else
                Change(stored with { Alarm = ended }, AlarmChange.Progressed, null, null);
        }
    }

    /// <summary>Closes what has been cleared or resolved for long; returns how many there were, at most the limit.</summary>
    public int CloseForgotten(long beforeUs, int limit)
    {
        var ids = table.Forgotten(beforeUs, limit);
        foreach (var id in ids)
        {
            var stored = Load(id)!;
            Change(stored with { Alarm = stored.Alarm with { State = AlarmState.Closed, ClosedUs = nowUs, Revision = stored.Alarm.Revision + 1 } }, AlarmChange.Closed, null, null);
        }

        return ids.Count;
    }

    /// <summary>Writes what was gathered; the transaction is committed after it.</summary>
    /// <param name="isForced">Whether to write even when there is nothing: a commit that writes nothing syncs nothing.</param>
    public void Finish(AlarmOutbox outbox, bool isWatched, bool isForced)
    {
        if (_progressed.Count > 0)
            table.Progress(_progressed.Select(Find).OfType<LiveAlarm>());
        IsWritten |= isForced || _progressed.Count > 0;
        if (isWatched)
            Events.AddRange(_progressed.Take(ProgressShownMax).Select(k => table.Find(Find(k)!.Id)!.Alarm).Select(a => new AlarmEvent(AlarmChange.Progressed, a, nowUs, null, null)));
        if (_history.Count > 0)
        {
            table.AddHistory(_numbers.History + 1, _history);
            _numbers = _numbers with { History = _numbers.History + _history.Count };
        }

        if (_told.Count > 0)
            outbox.Add(table.Connection, table.Transaction, _told);
        if (IsWritten)
            table.Save(_numbers, nowUs);
    }

    /// <summary>Makes memory what the database is; called once, after the commit.</summary>
    public void Apply()
    {
        foreach (var (key, alarm) in _staged)
            live.Set(key, alarm);
    }

    private void Raise(AlarmRaise raise)
    {
        if (Find(raise.Key) is { } known)
        {
            if (known.IsLasting)
                Progress(known, raise.Position, raise.EventUs, 0, raise.Value);
            else if (!StoredAlarm.Precedes(raise.Position, raise.EventUs, known.MarkPosition, known.MarkUs))
                Reopen(Load(known.Id)!, raise, AlarmChange.Progressed);
            return;
        }

        var newest = table.Newest(raise.Key);
        if (newest is not null && (raise.Position < 0 ? newest.Alarm is { RaisedPosition: < 0 } a && a.FirstUs == raise.EventUs : newest.Knows(raise)))
            return;
        var flaps = newest is not null && table.RaisedSince(raise.Key, nowUs - flap.WindowUs, flap.Raises - 1) == flap.Raises - 1;
        if (flaps && newest!.Alarm.State == AlarmState.Cleared)
            Reopen(newest, raise, AlarmChange.Flapping);
        else
            Add(raise, newest, flaps);
    }

    private void Add(AlarmRaise raise, StoredAlarm? newest, bool flaps)
    {
        _numbers = _numbers with { Alarm = _numbers.Alarm + 1 };
        var site = registry.TryGet(raise.DeviceId, out var entry) ? entry.Current.SiteId : null;
        var alarm = new Alarm
        {
            Id = _numbers.Alarm, Key = raise.Key, State = AlarmState.Raised, DeviceId = raise.DeviceId, ProductId = raise.ProductId,
            SiteId = site, CustomerId = registry.FindSite(site)?.CustomerId, Severity = raise.Severity, FollowUp = raise.FollowUp, Kind = raise.Kind,
            Texts = raise.Texts, Form = raise.Form, Arm = raise.Arm, RulesetVersion = raise.RulesetVersion, SpecVersion = raise.SpecVersion,
            RaisedPosition = raise.Position, LastPosition = raise.Position, SinceUs = raise.SinceUs, FirstUs = raise.EventUs, LastUs = raise.EventUs,
            RaisedUs = nowUs, Count = 1, ValueOf = raise.ValueOf, Value = raise.Value, Worst = raise.Value, LowerIsWorse = raise.LowerIsWorse,
            Snapshot = raise.Snapshot, Devices = raise.Devices, IsFlapping = flaps, Revision = 1,
        };
        // A silence has no position of its own: it stands where its key stood, so that what came before it is known as such.
        var mark = raise.Position >= 0 ? raise.Position : newest?.MarkPosition ?? -1;
        var stored = new StoredAlarm(alarm, mark, raise.EventUs, 0, true, nowUs);
        table.Insert(stored, nowUs);
        IsWritten = true;
        _staged[raise.Key] = LiveAlarm.Of(stored);
        Raised.Add((alarm, raise.ReceivedUs));
        Tell(new AlarmEvent(AlarmChange.Raised, alarm, nowUs, null, null), isQuiet: flaps);
        if (flaps)
            Tell(new AlarmEvent(AlarmChange.Flapping, alarm, nowUs, null, null), isQuiet: true);
    }

    /// <summary>The newest alarm goes on: its condition came again so soon that it flaps.</summary>
    private void Reopen(StoredAlarm stored, AlarmRaise raise, AlarmChange change)
    {
        var alarm = stored.Alarm;
        alarm = alarm with
        {
            State = alarm.AcknowledgedBy is null ? AlarmState.Raised : AlarmState.Acknowledged,
            ClearedUs = null, IsFlapping = true, Count = alarm.Count + 1,
            LastPosition = Math.Max(alarm.LastPosition, raise.Position), LastUs = raise.EventUs, Revision = alarm.Revision + 1,
        };
        var mark = raise.Position >= 0 ? raise.Position : stored.MarkPosition;
        stored = new StoredAlarm(alarm, mark, raise.EventUs, alarm.Count - 1, true, nowUs);
        Change(stored, change, null, null);
        Progress(Find(raise.Key)!, raise.Position, raise.EventUs, 1, raise.Value);
    }

    private void Progress(AlarmProgress progress)
    {
        if (Find(progress.Key) is { IsLasting: true } known)
            Progress(known, progress.Position, progress.EventUs, progress.Count, progress.Worst);
    }

    private void Progress(LiveAlarm known, long position, long eventUs, long count, double worst)
    {
        if (!known.IsOpen || position < known.LastPosition)
            return;
        _staged[known.Key] = known.With(position, eventUs, count, worst);
        _progressed.Add(known.Key);
    }

    private void Clear(AlarmClear clear)
    {
        if (Find(clear.Key) is not { IsLasting: true } known)
            return;
        if (clear.Position >= 0 && StoredAlarm.Precedes(clear.Position, clear.EventUs, known.MarkPosition, known.MarkUs))
            return;
        if (known.IsOpen)
            known = known.With(known.LastPosition, known.LastUs, clear.Count, clear.Worst);
        var stored = Load(known.Id)!;
        var alarm = stored.Alarm with { Count = known.Count, Worst = known.Worst, Revision = stored.Alarm.Revision + 1 };
        var isHeld = known is { IsFlapping: true, IsOpen: true } && clear.Reason is null;
        if (!isHeld)
            alarm = alarm with { ClearedUs = clear.EventUs, IsFlapping = false, State = known.IsOpen ? AlarmState.Cleared : alarm.State };
        else
            alarm = alarm with { ClearedUs = clear.EventUs };
        stored = clear.Position >= 0
            ? new StoredAlarm(alarm, clear.Position, clear.EventUs, stored.CountBase, false, nowUs)
            : new StoredAlarm(alarm, stored.MarkPosition, stored.MarkUs, stored.CountBase, false, nowUs);
        Change(stored, isHeld ? AlarmChange.Progressed : AlarmChange.Cleared, null, clear.Reason, isTold: known.IsOpen);
    }

    /// <summary>The alarm of a number with the figures that this batch has not written yet.</summary>
    private StoredAlarm? Load(long id)
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

    private void Change(StoredAlarm stored, AlarmChange change, string? by, string? note, bool isTold = true)
    {
        table.Update(stored, nowUs);
        IsWritten = true;
        var alarm = LiveAlarm.Of(stored);
        var key = stored.Alarm.Key;
        // An older alarm of a key says nothing of the one that lasts now.
        if (Find(key) is not { } known ? alarm.IsLive : known.Id == alarm.Id)
        {
            _staged[key] = alarm.IsLive ? alarm : null;
            _progressed.Remove(key);
        }

        var happened = new AlarmEvent(change, stored.Alarm, nowUs, by, note);
        if (change == AlarmChange.Progressed)
            Events.Add(happened);
        else
            Tell(happened, isQuiet: !isTold);
    }

    private void Tell(AlarmEvent happened, bool isQuiet)
    {
        Events.Add(happened);
        _history.Add(happened);
        if (!isQuiet)
            _told.Add(happened);
    }
}

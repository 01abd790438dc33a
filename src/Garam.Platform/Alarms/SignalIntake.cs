namespace Garam.Platform.Alarms;

/// <summary>
/// What signals do to alarms.
/// </summary>
/// <remarks>
/// Whether a signal has been taken before (after a restart the log behind the checkpoint is read again):
/// a raise or clear with a position is new when it lies behind the newest raise or clear of its key, by position and then event time;
/// figures are totals, so the higher ones win;
/// a silence (position −1) is known by the event time that it began at.
/// </remarks>
internal static class SignalIntake
{
    public static void Take(AlarmBatch batch, AlarmSignal signal)
    {
        switch (signal)
        {
            case AlarmRaise raise:
                Raise(batch, raise);
                break;
            case AlarmProgress progress when batch.Find(progress.Key) is { IsLasting: true } known:
                Progress(batch, known, progress.Position, progress.EventUs, progress.Count, progress.Worst);
                break;
            case AlarmClear clear:
                Clear(batch, clear);
                break;
        }
    }

    public static void Clear(AlarmBatch batch, AlarmClear clear)
    {
        if (batch.Find(clear.Key) is not { IsLasting: true } known)
            return;
        if (clear.Position >= 0 && StoredAlarm.Precedes(clear.Position, clear.EventUs, known.MarkPosition, known.MarkUs))
            return;
        if (known.IsOpen)
            known = known.With(known.LastPosition, known.LastUs, clear.Count, clear.Worst);
        var stored = batch.Load(known.Id)!;
        var isHeld = known is { IsFlapping: true, IsOpen: true } && clear.Reason is null;
        var alarm = stored.Alarm with
        {
            Count = known.Count, Worst = known.Worst, ClearedUs = clear.EventUs, IsFlapping = isHeld,
            State = known.IsOpen && !isHeld ? AlarmState.Cleared : stored.Alarm.State, Revision = stored.Alarm.Revision + 1,
        };
        stored = stored with { Alarm = alarm, IsLasting = false, FlapUs = batch.NowUs };
        if (clear.Position >= 0)
            stored = stored with { MarkPosition = clear.Position, MarkUs = clear.EventUs };
        batch.Change(stored, isHeld ? AlarmChange.Progressed : AlarmChange.Cleared, null, clear.Reason, isTold: known.IsOpen);
    }

    private static void Raise(AlarmBatch batch, AlarmRaise raise)
    {
        if (batch.Find(raise.Key) is { } known)
        {
            if (known.IsLasting)
                Progress(batch, known, raise.Position, raise.EventUs, 0, raise.Value);
            else if (!StoredAlarm.Precedes(raise.Position, raise.EventUs, known.MarkPosition, known.MarkUs))
                Reopen(batch, batch.Load(known.Id)!, raise, AlarmChange.Progressed);
            return;
        }

        var newest = batch.Table.Newest(raise.Key);
        if (newest is not null && IsKnown(newest, raise))
            return;
        var flap = batch.Rules.Flap;
        var flaps = newest is not null && batch.Table.RaisedSince(raise.Key, batch.NowUs - flap.WindowUs, flap.Raises - 1) == flap.Raises - 1;
        if (flaps && newest!.Alarm.State == AlarmState.Cleared)
            Reopen(batch, newest, raise, AlarmChange.Flapping);
        else
            Add(batch, raise, newest, flaps);
    }

    private static bool IsKnown(StoredAlarm newest, AlarmRaise raise) => raise.Position < 0
        ? newest.Alarm.RaisedPosition < 0 && newest.Alarm.FirstUs == raise.EventUs
        : newest.Knows(raise);

    private static void Add(AlarmBatch batch, AlarmRaise raise, StoredAlarm? newest, bool flaps)
    {
        var alarm = AlarmOf(batch, raise) with { IsFlapping = flaps };
        // A silence has no position of its own: it stands where its key stood, so that what came before it is known as such.
        var (mark, markUs) = raise.Position >= 0 || newest is null ? (raise.Position, raise.EventUs) : (newest.MarkPosition, newest.MarkUs);
        var stored = new StoredAlarm(alarm, mark, markUs, 0, true, batch.NowUs);
        var shelved = batch.Quiet.Reason(LiveAlarm.Of(stored), batch.NowUs);
        stored = stored with { Alarm = alarm with { IsShelved = shelved is not null } };
        batch.Insert(stored, raise.ReceivedUs);
        batch.Tell(new AlarmEvent(AlarmChange.Raised, stored.Alarm, batch.NowUs, null, null), isTold: shelved is null && !flaps);
        if (shelved is not null)
            batch.Tell(new AlarmEvent(AlarmChange.Shelved, stored.Alarm, batch.NowUs, null, shelved), isTold: false);
        if (flaps)
            batch.Tell(new AlarmEvent(AlarmChange.Flapping, stored.Alarm, batch.NowUs, null, null), isTold: false);
        if (shelved is null && !flaps)
            batch.Ask(stored.Alarm);
    }

    /// <summary>Records an alarm that is over and was not raised at the time. What is known of the key's newest signal stays as it is.</summary>
    public static void AddPast(AlarmBatch batch, AlarmRaise raise, AlarmClear clear, string by)
    {
        var newest = batch.Table.Newest(raise.Key);
        var alarm = AlarmOf(batch, raise) with
        {
            State = AlarmState.Cleared, ClearedUs = clear.EventUs, LastUs = clear.EventUs, RaisedUs = raise.EventUs, Count = clear.Count, Worst = clear.Worst,
        };
        var (mark, markUs) = newest is null ? (raise.Position, raise.EventUs) : (newest.MarkPosition, newest.MarkUs);
        batch.InsertPast(new StoredAlarm(alarm, mark, markUs, 0, false, batch.NowUs));
        batch.Tell(new AlarmEvent(AlarmChange.Raised, alarm, batch.NowUs, by, "replay"), isTold: false);
        batch.Tell(new AlarmEvent(AlarmChange.Cleared, alarm, batch.NowUs, by, "replay"), isTold: false);
    }

    private static Alarm AlarmOf(AlarmBatch batch, AlarmRaise raise)
    {
        var registry = batch.Rules.Registry;
        var site = registry.TryGet(raise.DeviceId, out var entry) ? entry.Current.SiteId : null;
        return new Alarm
        {
            Id = batch.NextAlarmId(), Key = raise.Key, State = AlarmState.Raised, DeviceId = raise.DeviceId, ProductId = raise.ProductId,
            SiteId = site, CustomerId = registry.FindSite(site)?.CustomerId, Severity = raise.Severity, FollowUp = raise.FollowUp, Kind = raise.Kind,
            Texts = raise.Texts, Form = raise.Form, Arm = raise.Arm, RulesetVersion = raise.RulesetVersion, SpecVersion = raise.SpecVersion,
            RaisedPosition = raise.Position, LastPosition = raise.Position, SinceUs = raise.SinceUs, FirstUs = raise.EventUs, LastUs = raise.EventUs,
            RaisedUs = batch.NowUs, Count = 1, ValueOf = raise.ValueOf, Value = raise.Value, Worst = raise.Value, LowerIsWorse = raise.LowerIsWorse,
            Snapshot = raise.Snapshot, Devices = raise.Devices, Revision = 1,
        };
    }

    /// <summary>The newest alarm goes on: its condition came again so soon that it flaps.</summary>
    private static void Reopen(AlarmBatch batch, StoredAlarm stored, AlarmRaise raise, AlarmChange change)
    {
        var former = stored.Alarm;
        var alarm = former with
        {
            State = former.AcknowledgedBy is null ? AlarmState.Raised : AlarmState.Acknowledged,
            ClearedUs = null, IsFlapping = true, Count = former.Count + 1,
            LastPosition = Math.Max(former.LastPosition, raise.Position), LastUs = raise.EventUs, Revision = former.Revision + 1,
        };
        var (mark, markUs) = raise.Position >= 0 ? (raise.Position, raise.EventUs) : (stored.MarkPosition, stored.MarkUs);
        batch.Change(new StoredAlarm(alarm, mark, markUs, former.Count, true, batch.NowUs), change);
        Progress(batch, batch.Find(raise.Key)!, raise.Position, raise.EventUs, 1, raise.Value);
    }

    /// <summary>What people have ended is left as it was when they did.</summary>
    private static void Progress(AlarmBatch batch, LiveAlarm known, long position, long eventUs, long count, double worst)
    {
        if (known.IsOpen && position >= known.LastPosition && known.With(position, eventUs, count, worst) is var further && further != known)
            batch.Progress(further);
    }
}

using Garam.Platform.Alarms.Quiet;

namespace Garam.Platform.Alarms;

/// <summary>What the desk does besides taking signals: for people, and by the clock.</summary>
internal static class DeskDuties
{
    /// <summary>Does what a person wants, or says why not.</summary>
    public static AlarmAnswer Take(AlarmBatch batch, AlarmOrder order)
    {
        if (batch.Load(order.AlarmId) is not { } stored)
            return new AlarmAnswer(null, $"There is no alarm {order.AlarmId}.");
        var (alarm, change, refusal) = AlarmLifecycle.Take(stored.Alarm, order, batch.NowUs);
        if (refusal is not null)
            return new AlarmAnswer(alarm, refusal);
        if (alarm.State is AlarmState.Resolved or AlarmState.Closed && !stored.IsLasting)
            alarm = alarm with { IsFlapping = false };
        batch.Change(stored with { Alarm = alarm }, change, order.By, order.Note);
        return new AlarmAnswer(alarm, null);
    }

    /// <summary>Clears what lasts for rules that are gone.</summary>
    public static void ClearMissing(AlarmBatch batch, string ruleset, IReadOnlySet<string> rules)
    {
        foreach (var alarm in batch.All().Where(a => a.IsLasting && a.Key.Ruleset == ruleset && !rules.Contains(a.Key.Rule)))
            SignalIntake.Clear(batch, new AlarmClear(alarm.Key, -1, batch.NowUs, 0, double.NaN, "rule-removed"));
    }

    /// <summary>Ends flapping that has been quiet for long enough: a held alarm clears, one whose condition holds goes on as an ordinary one.</summary>
    public static void EndFlapping(AlarmBatch batch)
    {
        foreach (var alarm in batch.All().Where(a => a.IsFlapping && batch.NowUs - a.FlapUs >= batch.Rules.Flap.WindowUs))
        {
            var stored = batch.Load(alarm.Id)!;
            var ended = stored.Alarm with { IsFlapping = false, Revision = stored.Alarm.Revision + 1 };
            if (alarm is { IsLasting: false, IsOpen: true })
                batch.Change(stored with { Alarm = ended with { State = AlarmState.Cleared } }, AlarmChange.Cleared, null, "flapping-ended");
            else
                batch.Change(stored with { Alarm = ended }, AlarmChange.Progressed);
        }
    }

    /// <summary>Closes what has been cleared or resolved for long; returns how many there were, at most the limit.</summary>
    public static int CloseForgotten(AlarmBatch batch, long beforeUs, int limit)
    {
        var ids = batch.Table.Forgotten(beforeUs, limit);
        foreach (var stored in ids.Select(batch.Load).OfType<StoredAlarm>())
        {
            var closed = stored.Alarm with { State = AlarmState.Closed, ClosedUs = batch.NowUs, Revision = stored.Alarm.Revision + 1 };
            batch.Change(stored with { Alarm = closed }, AlarmChange.Closed);
        }

        return ids.Count;
    }

    /// <summary>Shelves open alarms that a shelving or window covers now, and tells those that none covers any more.</summary>
    public static void ReviewQuiet(AlarmBatch batch)
    {
        foreach (var alarm in batch.All().Where(a => a.IsOpen))
        {
            var reason = batch.Quiet.Reason(alarm, batch.NowUs);
            if (reason is not null == alarm.IsShelved)
                continue;
            var stored = batch.Load(alarm.Id)!;
            var changed = stored.Alarm with { IsShelved = reason is not null, Revision = stored.Alarm.Revision + 1 };
            batch.Change(stored with { Alarm = changed }, reason is null ? AlarmChange.Unshelved : AlarmChange.Shelved, null, reason, isTold: reason is not null);
            if (reason is not null || changed.State != AlarmState.Raised || changed.IsFlapping)
                continue;
            batch.TellLate(changed, "shelving ended");
            batch.Ask(changed);
        }
    }

    /// <summary>Adds a shelving; null when there are too many.</summary>
    public static Shelving? Add(AlarmBatch batch, Shelving draft)
    {
        if (batch.Quiet.Shelvings.Length >= QuietTimes.CountMax)
            return null;
        var shelving = draft with { Id = batch.NextQuietId(), MadeUs = batch.NowUs };
        QuietTable.Insert(batch.Table, shelving);
        batch.Put(batch.Quiet with { Shelvings = batch.Quiet.Shelvings.Add(shelving) });
        ReviewQuiet(batch);
        return shelving;
    }

    /// <summary>Adds a maintenance window; null when there are too many.</summary>
    public static MaintenanceWindow? Add(AlarmBatch batch, MaintenanceWindow draft)
    {
        if (batch.Quiet.Windows.Length >= QuietTimes.CountMax)
            return null;
        var window = draft with { Id = batch.NextQuietId(), MadeUs = batch.NowUs };
        QuietTable.Insert(batch.Table, window);
        batch.Put(batch.Quiet with { Windows = batch.Quiet.Windows.Add(window) });
        ReviewQuiet(batch);
        return window;
    }

    /// <summary>Removes shelvings and windows, ended early or over.</summary>
    public static void Remove(AlarmBatch batch, IEnumerable<long> ids)
    {
        foreach (var id in ids.ToList())
        {
            QuietTable.Delete(batch.Table, id);
            batch.Put(batch.Quiet.Without(id));
        }

        ReviewQuiet(batch);
    }

    /// <summary>Records that the next people were told because nobody has acknowledged; the alarm itself stays as it is.</summary>
    public static void Escalated(AlarmBatch batch, long alarmId, string told)
    {
        if (batch.Load(alarmId) is { } stored)
            batch.Tell(new AlarmEvent(AlarmChange.Escalated, stored.Alarm, batch.NowUs, null, told), isTold: false);
    }

    /// <summary>Records what an automatic action did or why it failed.</summary>
    /// <param name="told">Null when it did not want the alarm: then there is nothing to record.</param>
    /// <param name="retryUs">When it is tried again; null when it is done or given up.</param>
    public static void Acted(AlarmBatch batch, long alarmId, string action, string? told, long? retryUs)
    {
        if (retryUs is { } due)
            batch.Table.DelayAction(alarmId, action, due);
        else
            batch.Table.RemoveAction(alarmId, action);
        batch.Put(batch.Quiet);
        if (told is not null && batch.Load(alarmId) is { } stored)
            batch.Tell(new AlarmEvent(AlarmChange.Acted, stored.Alarm, batch.NowUs, action, told), isTold: false);
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Garam.Platform.Alarms;
using Garam.Platform.Configuration;
using Garam.Platform.Sql;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Notifications;

/// <summary>
/// What people must be told, written in the same transaction as the alarms it tells of: either both are there after a crash, or neither.
/// </summary>
/// <remarks>
/// <see cref="Add"/> has one caller at a time (the alarms' writer), <see cref="Wake"/> and the rest any. What is added waits until a channel's
/// loop takes it; how much may wait is bounded by <see cref="WaitingMax"/> for each channel.
/// </remarks>
public sealed class NotificationOutbox
{
    /// <summary>Waiting for one channel at most, about 100 MB on disk; digests empty it at once, so only a channel that is down gets there.</summary>
    internal const int WaitingMax = 100_000;

    /// <summary>Not sent by then it is no news any more: it becomes <see cref="NotificationState.Failed"/>.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, long> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Bell> _bells = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _lastEvent;
    private long _lastId;
    private long _overflowed;

    internal NotificationOutbox(Database database, NotificationOptions options, TimeProvider time, ILogger logger)
    {
        Plan = NotificationPlan.Of(options);
        Store = new NotificationStore(database);
        Database = database;
        _time = time;
        _logger = logger;
        (_lastEvent, _lastId) = Store.LastIds();
        CountWaiting();
    }

    internal NotificationPlan Plan { get; }

    internal NotificationStore Store { get; }

    internal Database Database { get; }

    /// <summary>Tellings left out since the start because <see cref="WaitingMax"/> waited already.</summary>
    public long Overflowed => Volatile.Read(ref _overflowed);

    /// <summary>
    /// Writes what these changes tell, inside the caller's transaction. Adding the same change again, after a transaction whose end was not
    /// known, changes nothing.
    /// </summary>
    public void Add(DbConnection connection, DbTransaction transaction, IReadOnlyList<AlarmEvent> events)
    {
        var batch = new OutboxBatch();
        foreach (var change in events)
            Collect(change, batch);
        Store.Insert(connection, transaction, batch);
    }

    /// <summary>After the commit: what was added is looked at now.</summary>
    public void Wake()
    {
        foreach (var bell in _bells.Values)
            bell.Ring();
    }

    /// <summary>Notifications waiting for a channel. Exact but for transactions that were rolled back since the last count.</summary>
    public long WaitingFor(string channel) => Math.Max(0, _waiting.GetValueOrDefault(channel));

    /// <summary>Rings whenever something was added; one for each loop, made once.</summary>
    internal Bell BellOf(string loop) => _bells.GetOrAdd(loop, _ => new Bell(_time));

    /// <summary>A failed one waits again, as if it were new. False: it was not failed.</summary>
    internal bool Retry(long id)
    {
        var now = NowUs();
        if (Store.Find(id) is not { } notification || !Store.Retry(id, now, now + (Life.Ticks / 10)))
            return false;
        Settled(notification.Channel, -1);
        return true;
    }

    /// <summary>Removes what was settled long ago; returns how many.</summary>
    internal int Prune(DateTimeOffset before)
    {
        CountWaiting();
        return Store.Prune(Rest.TimeParameter.ToUs(before));
    }

    /// <summary>A channel's loop has settled some.</summary>
    internal void Settled(string channel, long count) => _waiting.AddOrUpdate(channel, 0, (_, waiting) => waiting - count);

    internal void CountWaiting()
    {
        var counted = Store.CountWaiting();
        foreach (var channel in _waiting.Keys)
            _waiting[channel] = counted.GetValueOrDefault(channel);
        foreach (var (channel, count) in counted)
            _waiting[channel] = count;
    }

    /// <summary>The rows that tell <paramref name="change"/> on these targets.</summary>
    internal IEnumerable<Notification> RowsOf(
        AlarmEvent change, long eventId, string route, string language, int step, IReadOnlyList<NotificationTarget> targets)
    {
        var now = NowUs();
        foreach (var target in targets)
        {
            if (!TakePlace(target.Channel))
                continue;
            yield return new Notification
            {
                Id = Interlocked.Increment(ref _lastId),
                Key = KeyOf(change, route, step, target),
                EventId = eventId,
                AlarmId = change.Alarm.Id,
                Route = route,
                Channel = target.Channel,
                Recipient = target.Recipient,
                Language = language,
                Change = step > 0 ? AlarmChange.Escalated : change.Change,
                Step = step,
                Severity = change.Alarm.Severity,
                ProductId = change.Alarm.ProductId,
                DeviceId = change.Alarm.DeviceId,
                SiteId = change.Alarm.SiteId,
                CustomerId = change.Alarm.CustomerId,
                CreatedUs = now,
                DueUs = now,
                ExpiresUs = now + (Life.Ticks / 10),
            };
        }
    }

    private void Collect(AlarmEvent change, OutboxBatch batch)
    {
        var alarm = change.Alarm;
        if (change.Change is AlarmChange.Acknowledged or AlarmChange.Cleared or AlarmChange.Resolved or AlarmChange.Dismissed or AlarmChange.Closed or AlarmChange.Shelved)
            batch.EndedEscalations.Add(alarm.Id);
        if (!alarm.FollowUp.HasFlag(FollowUp.Notify) || alarm.IsShelved || IsQuiet(change))
            return;
        var eventId = 0L;
        foreach (var route in Plan.Routes)
        {
            if (!route.Covers(alarm, change.AtUs))
                continue;
            if (route.On.Contains(change.Change))
                batch.Notifications.AddRange(RowsOf(change, EventId(), route.Name, route.Language, 0, route.Targets));
            if (route.Steps.Count > 0 && (change.Change is AlarmChange.Raised or AlarmChange.Reopened))
                batch.Escalations.Add(new Escalation(alarm.Id, route.Name, EventId(), 1, change.AtUs + (route.Steps[0].After.Ticks / 10)));
        }

        if (eventId != 0)
            batch.Events.Add((eventId, change));

        long EventId() => eventId != 0 ? eventId : eventId = ++_lastEvent;
    }

    /// <summary>A flapping alarm is not told again with every swing; what people do with it is.</summary>
    private static bool IsQuiet(AlarmEvent change) =>
        change.Alarm.IsFlapping && (change.Change is AlarmChange.Raised or AlarmChange.Reopened or AlarmChange.Cleared);

    private bool TakePlace(string channel)
    {
        if (_waiting.AddOrUpdate(channel, 1, (_, waiting) => Math.Max(0, waiting) + 1) <= WaitingMax)
            return true;
        Settled(channel, 1);
        if (Interlocked.Increment(ref _overflowed) % 10_000 == 1)
        {
            _logger.LogError(
                "{Max} notifications wait for the channel '{Channel}'; further ones are not kept until it works again. The alarms themselves are all there.",
                WaitingMax, channel);
        }

        return false;
    }

    private long NowUs() => Rest.TimeParameter.ToUs(_time.GetUtcNow());

    // The time of the raise keeps two installations, or one that began anew, from ever making the same key.
    private static string KeyOf(AlarmEvent change, string route, int step, NotificationTarget target)
    {
        var alarm = change.Alarm;
        var of = string.Join(
            '\n', alarm.Id.ToString(CultureInfo.InvariantCulture), alarm.RaisedUs.ToString(CultureInfo.InvariantCulture), alarm.Key.Ruleset, alarm.Key.Rule,
            alarm.Key.Subject, alarm.Revision.ToString(CultureInfo.InvariantCulture), change.Change.ToString(), route, step.ToString(CultureInfo.InvariantCulture),
            target.Channel, target.Recipient);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)).AsSpan(0, 16));
    }
}

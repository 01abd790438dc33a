using System.Collections.Concurrent;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Topics;
using Garam.Mqtt.Wills;

namespace Garam.Mqtt.Sessions;

/// <summary>
/// All sessions by client identifier: opens, hands over, lets go and ends them (§3.1.4, §4.1). Invariants:
/// <list type="bullet">
/// <item>a session in the registry is not ended, and one that is ended is in neither registry nor subscription tree;</item>
/// <item>binding happens under the registry's lock, so of two connections with one identifier one wins and the other takes over
/// after it;</item>
/// <item>a will is published once: when its connection ends, or when its delay or the session ends; or never, when the client said
/// goodbye or came back in time.</item>
/// </list>
/// </summary>
internal sealed class SessionRegistry(
    MqttOptions options, SubscriptionTree tree, TimeProvider time, Action<MqttSession, WillPart> publishWill)
{
    private readonly Lock sync = new();
    private readonly ConcurrentDictionary<string, MqttSession> sessions = new(StringComparer.Ordinal);
    private readonly List<long> endedInJournal = [];

    public int Count => sessions.Count;

    public IEnumerable<MqttSession> All => sessions.Values;

    /// <summary>Incarnations of ended sessions that the journal still holds.</summary>
    public void TakeEnded(List<long> into)
    {
        lock (endedInJournal)
        {
            into.AddRange(endedInJournal);
            endedInJournal.Clear();
        }
    }

    /// <summary>
    /// Binds a connection to the client's session: the kept one, or a new one. <paramref name="bind"/> makes the connection and
    /// writes CONNACK into it before anybody else can send it anything. Null: the limit on sessions is reached.
    /// </summary>
    public async Task<MqttConnection?> OpenAsync(
        string clientId, bool cleanStart, Func<MqttSession, bool, MqttConnection> bind, CancellationToken cancellation)
    {
        while (true)
        {
            MqttConnection? previous;
            MqttConnection? bound = null;
            MqttSession? replaced = null;
            lock (sync)
            {
                var kept = sessions.GetValueOrDefault(clientId);
                previous = kept?.Connection;
                if (previous is null)
                {
                    if (kept is not null && cleanStart)
                    {
                        Remove(kept);
                        (replaced, kept) = (kept, null);
                    }

                    if (kept is not null || sessions.Count < options.SessionsMax)
                        bound = Bind(kept, clientId, bind);
                }
            }

            if (replaced is not null)
                Finish(replaced);
            if (previous is null)
                return bound;
            previous.End(ReasonCode.SessionTakenOver); // [MQTT-3.1.4-3]
            await previous.Ended.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>The connection is over: the session stays for its expiry, the will goes out or waits.</summary>
    public void LetGo(MqttConnection connection)
    {
        var session = connection.Session;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var will = connection.Will;
        bool ends;
        lock (sync)
        {
            lock (session.Sync)
            {
                session.Connection = null;
                session.DisconnectedAtMs = now;
                session.Journal.IsHeadDirty = session.Journal.IsDirty = true;
                ends = session.ExpirySeconds == 0;
                if (!ends && will is { DelaySeconds: > 0 })
                {
                    session.Will = new PendingWill(will, now + will.DelaySeconds * 1000L);
                    will = null;
                }
            }

            if (ends)
                Remove(session);
            else
                SetDeadline(session);
        }

        try
        {
            if (ends)
                Finish(session);
            if (will is not null)
                publishWill(session, will);
        }
        finally
        {
            connection.Ended.TrySetResult();
        }
    }

    /// <summary>Puts in a session read from disk, not connected.</summary>
    public void Restore(MqttSession session)
    {
        sessions[session.ClientId] = session;
        foreach (var subscription in session.Subscriptions.Values)
            tree.Add(subscription);
        SetDeadline(session);
    }

    /// <summary>Ends a session whatever its state: its connection is closed, its will published.</summary>
    public async Task<bool> EndAsync(string clientId, CancellationToken cancellation)
    {
        if (!sessions.TryGetValue(clientId, out var session))
            return false;
        if (session.Connection is { } connection)
        {
            connection.End(ReasonCode.AdministrativeAction);
            await connection.Ended.Task.WaitAsync(cancellation);
        }

        return TryEnd(session);
    }

    private MqttConnection Bind(MqttSession? kept, string clientId, Func<MqttSession, bool, MqttConnection> bind)
    {
        var session = kept ?? new MqttSession(clientId, options);
        lock (session.Sync)
        {
            // The client is back before its will's delay was over [MQTT-3.1.3-9].
            session.Will = null;
            session.Deadline?.Dispose();
            session.Deadline = null;
            session.DisconnectedAtMs = 0;
            session.MarkForResend();
            var connection = bind(session, kept is not null);
            connection.Output.PrepareResend();
            session.Connection = connection;
            session.Journal.IsHeadDirty = session.Journal.IsDirty = true;
            sessions[clientId] = session;
            return connection;
        }
    }

    private void SetDeadline(MqttSession session)
    {
        lock (session.Sync)
        {
            var due = session.DisconnectedAtMs + (long)Expiry(session).TotalMilliseconds;
            if (session.Will is { } will)
                due = Math.Min(due, will.DueAtMs);
            var wait = Math.Max(0, due - time.GetUtcNow().ToUnixTimeMilliseconds());
            session.Deadline?.Dispose();
            session.Deadline = time.CreateTimer(
                state => AtDeadline((MqttSession)state!), session, TimeSpan.FromMilliseconds(Math.Min(wait, MaxTimerMs)), Timeout.InfiniteTimeSpan);
        }
    }

    // The longest a system timer takes; a later deadline is looked at again then.
    private const long MaxTimerMs = 4_000_000_000;

    private TimeSpan Expiry(MqttSession session)
    {
        var asked = TimeSpan.FromSeconds(session.ExpirySeconds);
        return asked < options.SessionExpiryMax ? asked : options.SessionExpiryMax;
    }

    private void AtDeadline(MqttSession session)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        WillPart? will = null;
        var ends = false;
        lock (sync)
        {
            lock (session.Sync)
            {
                if (session.IsEnded || session.Connection is not null)
                    return;
                ends = now >= session.DisconnectedAtMs + (long)Expiry(session).TotalMilliseconds;
                if (session.Will is { } pending && now >= pending.DueAtMs)
                {
                    will = pending.Will;
                    session.Will = null;
                }
            }

            if (ends)
                Remove(session);
            else
                SetDeadline(session);
        }

        if (ends)
            Finish(session);
        if (will is not null)
            publishWill(session, will);
    }

    private bool TryEnd(MqttSession session)
    {
        lock (sync)
        {
            if (session.Connection is not null || !sessions.TryGetValue(session.ClientId, out var current) || current != session)
                return false;
            Remove(session);
        }

        Finish(session);
        return true;
    }

    private void Remove(MqttSession session)
    {
        sessions.TryRemove(new KeyValuePair<string, MqttSession>(session.ClientId, session));
    }

    /// <summary>After <see cref="Remove"/>: out of the tree, references released, a waiting will published.</summary>
    private void Finish(MqttSession session)
    {
        Subscription[] subscriptions;
        WillPart? will;
        lock (session.Sync)
        {
            subscriptions = [.. session.Subscriptions.Values];
            session.Subscriptions.Clear();
            will = session.Will?.Will;
            session.End();
            if (session.Journal.IsKnown)
                lock (endedInJournal)
                    endedInJournal.Add(session.Journal.Incarnation);
        }

        foreach (var subscription in subscriptions)
            tree.Remove(subscription);
        if (will is not null)
            publishWill(session, will);
    }
}

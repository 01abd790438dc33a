using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Retained;
using Garam.Mqtt.Sessions;
using Garam.Mqtt.Topics;
using Microsoft.Extensions.Logging;

namespace Garam.Mqtt.Persistence;

/// <summary>
/// Keeps retained messages and sessions on disk. Once a flush interval it appends what has changed since and is still so: a message
/// that came and was acknowledged in between costs nothing, so the hot path never waits for this file. Invariants:
/// <list type="bullet">
/// <item>what was acknowledged one flush interval before a kill or power cut is there after the restart; what came later may be
/// missing, or an acknowledged message may come again;</item>
/// <item>sessions without expiry are never written; waiting wills and <c>$SYS</c> neither;</item>
/// <item>when a write fails nothing is appended behind it: the next attempt writes everything into a new file.</item>
/// </list>
/// </summary>
internal sealed class StateKeeper(
    string folder, MqttOptions options, RetainedStore retained, SessionRegistry sessions, TimeProvider time, ILogger logger) : IDisposable
{
    // Below this rewriting is not worth a rename.
    private const long RewriteBytesMin = 4 * 1024 * 1024;

    private readonly Lock sync = new();
    private readonly StateJournal journal = new(folder);
    private readonly RecordBuffer records = new();
    private readonly List<long> ended = [];
    private readonly List<(string Topic, PublishedMessage? Message)> changes = [];
    private long lastFlush;
    private long lastIncarnation;
    private long lengthAfterRewrite;
    private bool mustRewrite;
    private bool isOpen;

    public void Load()
    {
        var image = new StateImage();
        var cut = journal.Open(image.Apply);
        if (cut > 0)
            logger.LogWarning("The MQTT state ended in a torn record; {Bytes} bytes were cut off.", cut);
        if (image.Unreadable > 0)
            logger.LogWarning("{Count} records of the MQTT state were not understood and are left out.", image.Unreadable);
        lastIncarnation = image.LastIncarnation;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var message in image.Retained.Values)
        {
            if (!message.IsExpired(now))
                retained.TrySet(message);
            message.Release();
        }

        foreach (var session in image.Sessions.Values.GroupBy(s => s.ClientId).Select(g => g.MaxBy(s => s.Incarnation)!))
            sessions.Restore(ToSession(session, now));
        retained.TracksChanges = true;
        lengthAfterRewrite = journal.Length;
        isOpen = true;
    }

    public void FlushWhenDue(long timestamp)
    {
        if (time.GetElapsedTime(lastFlush, timestamp) < options.StateFlushInterval)
            return;
        lastFlush = timestamp;
        Flush();
    }

    /// <summary>Brings the file up to date and waits for the disk.</summary>
    /// <exception cref="IOException">It could not be written; the next flush tries again from the beginning.</exception>
    public void Flush(bool isWhole = false)
    {
        lock (sync)
        {
            if (!isOpen)
                return;
            try
            {
                if (isWhole || mustRewrite || journal.Length > Math.Max(RewriteBytesMin, lengthAfterRewrite * 2))
                    Rewrite();
                else
                    AppendChanges();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                mustRewrite = true;
                throw new IOException($"The MQTT state in {folder} cannot be written: {failure.Message}", failure);
            }
            finally
            {
                records.Clear();
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Flush();
        }
        catch (IOException failure)
        {
            logger.LogError(failure, "The last changes of the MQTT state are lost.");
        }

        lock (sync)
            isOpen = false;
        journal.Dispose();
    }

    private void AppendChanges()
    {
        sessions.TakeEnded(ended);
        foreach (var incarnation in ended)
            records.SessionEnd(incarnation);
        ended.Clear();
        retained.TakeChanges(changes);
        WriteRetained();
        foreach (var session in sessions.All)
            if (session.Journal.IsDirty)
                WriteSession(session, isWhole: false);
        if (!records.IsEmpty)
            journal.Append(records.Written);
    }

    private void Rewrite()
    {
        sessions.TakeEnded(ended);
        ended.Clear();
        retained.TakeAll(changes);
        WriteRetained();
        foreach (var session in sessions.All)
            WriteSession(session, isWhole: true);
        journal.Replace(records.Written);
        lengthAfterRewrite = journal.Length;
        mustRewrite = false;
    }

    private void WriteRetained()
    {
        foreach (var (topic, message) in changes)
        {
            if (message is null)
                records.RetainedClear(topic);
            else
                records.RetainedSet(message);
            message?.Release();
        }

        changes.Clear();
    }

    private void WriteSession(MqttSession session, bool isWhole)
    {
        lock (session.Sync)
        {
            var state = session.Journal;
            state.IsDirty = false;
            if (session.IsEnded)
                return;
            if (session.ExpirySeconds == 0)
            {
                if (state.IsKnown)
                    Forget(session);
                state.Done.Clear();
                return;
            }

            if (!state.IsKnown)
                state.Incarnation = ++lastIncarnation;
            if (isWhole || !state.IsKnown || state.IsHeadDirty)
                records.SessionHead(session);
            state.IsKnown = true;
            state.IsHeadDirty = false;
            if (state.IsInboundDirty || isWhole && session.InboundQos2.Count > 0)
                records.InboundQos2(state.Incarnation, session.InboundQos2.Keys);
            state.IsInboundDirty = false;
            WriteInflight(session, isWhole);
            WriteQueue(session, isWhole);
            if (state.Done.Count > 0 && !isWhole)
                records.MessagesDone(state.Incarnation, state.Done);
            state.Done.Clear();
        }
    }

    private void WriteInflight(MqttSession session, bool isWhole)
    {
        for (var i = 0; i < session.Inflight.Slots; i++)
        {
            ref var slot = ref session.Inflight.Slot(i);
            if (slot.PacketId == 0)
                continue;
            if (isWhole || !slot.Delivery.IsJournaled)
                records.SessionMessage(session.Journal.Incarnation, slot.Delivery, slot.PacketId, slot.IsReleased);
            else if (!slot.IsStateJournaled)
                records.MessageState(session.Journal.Incarnation, slot.Delivery.Sequence, slot.PacketId, slot.IsReleased);
            slot.Delivery.IsJournaled = true;
            slot.IsStateJournaled = true;
        }
    }

    private void WriteQueue(MqttSession session, bool isWhole)
    {
        for (var i = 0; i < session.Queue.Slots; i++)
        {
            ref readonly var delivery = ref session.Queue.At(i);
            if (delivery.Message is null || delivery.Qos == QualityOfService.AtMostOnce || delivery.IsJournaled && !isWhole)
                continue;
            records.SessionMessage(session.Journal.Incarnation, delivery, 0, false);
            session.Queue.MarkJournaled(i);
        }
    }

    /// <summary>A session that gave up its life beyond the connection: the journal forgets it, and all it knew of its messages.</summary>
    private void Forget(MqttSession session)
    {
        records.SessionEnd(session.Journal.Incarnation);
        session.Journal.IsKnown = false;
        for (var i = 0; i < session.Inflight.Slots; i++)
            session.Inflight.Slot(i).Delivery.IsJournaled = false;
        session.Queue.ForgetJournaled();
    }

    private MqttSession ToSession(SessionImage image, long now)
    {
        var session = new MqttSession(image.ClientId, options)
        {
            Version = image.Version, ExpirySeconds = image.ExpirySeconds,
            DisconnectedAtMs = image.DisconnectedAtMs == 0 ? now : image.DisconnectedAtMs,
        };
        session.Journal.Incarnation = image.Incarnation;
        session.Journal.IsKnown = true;
        session.Journal.IsHeadDirty = session.Journal.IsDirty = image.DisconnectedAtMs == 0;
        foreach (var (filter, flags, identifier) in image.Subscriptions)
            if (TopicFilter.TryParse(filter, ushort.MaxValue, int.MaxValue, out var parsed))
                session.Subscriptions[filter] = new Subscription(filter, parsed)
                {
                    Session = session, Qos = (QualityOfService)(flags & 3), NoLocal = (flags & 4) != 0,
                    RetainAsPublished = (flags & 8) != 0, Identifier = identifier,
                };
        foreach (var id in image.InboundQos2)
            session.InboundQos2[id] = 0; // what was acknowledged with PUBREC was durable then
        foreach (var (delivery, packetId, isReleased) in image.Messages)
            session.Restore(delivery, packetId, isReleased);
        return session;
    }
}

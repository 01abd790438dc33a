using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Broker;

/// <summary>
/// The way out of one connection. Anybody may ask it to pump; whoever finds it idle writes what waits, control packets first, then
/// messages, and flushes once per 64 KiB, so a burst costs one system call and no thread waits for a subscriber. Invariants:
/// <list type="bullet">
/// <item>the pipe is touched only by the one that set <c>isPumping</c> under the session's lock;</item>
/// <item>what is added under the lock before <see cref="Pump"/> is seen by whoever pumps, so nothing waits without a pump;</item>
/// <item>nothing is written after <see cref="DrainAsync"/> has completed or <see cref="Abandon"/>: late acknowledgements and
/// publishers may still pump, and the pipe is completed by then;</item>
/// <item>while the transport pushes back nothing is taken from the queue: the backlog is bounded by queue and pipe.</item>
/// </list>
/// </summary>
internal sealed class PacketOutput : IThreadPoolWorkItem
{
    private const int FlushBytes = 64 * 1024;

    // A publisher that pumps for a busy subscriber hands over after this many flushes, to go back to its own connection.
    private const int FlushesPerTurn = 4;

    private readonly MqttSession session;
    private readonly PipeWriter writer;
    private readonly BrokerCounters counters;
    private readonly TimeProvider time;
    private readonly ProtocolVersion version;
    private readonly uint maximumPacketSize;
    private readonly int inflightMax;
    private readonly OutgoingAliases? aliases;
    private readonly PacketBuffer control = new();
    private readonly Action onFlushed;
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ValueTaskAwaiter<FlushResult> pending;
    private List<ushort>? resend;
    private int resendNext;
    private bool isPumping;
    private bool isClosing;
    private bool isBroken;

    public PacketOutput(MqttSession session, PipeWriter writer, ConnectPacket connect, MqttOptions options, BrokerCounters counters, TimeProvider time)
    {
        this.session = session;
        this.writer = writer;
        this.counters = counters;
        this.time = time;
        version = connect.Version;
        maximumPacketSize = connect.MaximumPacketSize;
        inflightMax = Math.Min(options.InflightMax, connect.ReceiveMaximum);
        var aliasMax = Math.Min(connect.TopicAliasMaximum, options.OutgoingTopicAliasMaximum);
        aliases = aliasMax > 0 ? new OutgoingAliases(aliasMax) : null;
        onFlushed = OnFlushed;
    }

    /// <summary>Asked for every message when the session's principal does not see all; set before anything is sent.</summary>
    public IMqttAccess? Restriction { get; set; }

    /// <summary>The transport pushes back or is gone; a hint.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Control packets that wait; write only under the session's lock, then <see cref="Pump"/>.</summary>
    public PacketBuffer Control => control;

    /// <summary>Bytes of acknowledgements a client leaves unread; the read loop stops above its limit.</summary>
    public int ControlBytes => control.Length;

    /// <summary>Prepares what a resumed session must send again, oldest first. Under the session's lock.</summary>
    public void PrepareResend()
    {
        var ids = new List<(long Sequence, ushort Id)>();
        for (var i = 0; i < session.Inflight.Slots; i++)
        {
            ref var slot = ref session.Inflight.Slot(i);
            if (slot.PacketId != 0)
                ids.Add((slot.Delivery.Sequence, slot.PacketId));
        }

        ids.Sort();
        resend = ids.ConvertAll(pair => pair.Id);
        resendNext = 0;
    }

    public void Pump()
    {
        lock (session.Sync)
        {
            if (isPumping || isBroken)
                return;
            isPumping = true;
        }

        Run();
    }

    public void Execute() => Run();

    /// <summary>Completes when everything written so far is in the transport, or it is broken.</summary>
    public Task DrainAsync()
    {
        lock (session.Sync)
        {
            isClosing = true;
            if (!isPumping)
            {
                isBroken = true;
                drained.TrySetResult();
            }
        }

        return drained.Task;
    }

    /// <summary>The pipe is about to be completed: nothing is written any more, whoever pumps.</summary>
    public void Abandon()
    {
        lock (session.Sync)
            isBroken = true;
    }

    private void Run()
    {
        for (var turn = 0; ; turn++)
        {
            if (turn == FlushesPerTurn)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            if (!TryWrite())
                return;
            try
            {
#pragma warning disable CA2012 // Consumed once, by TakeFlushResult; a field because the continuation is a kept delegate.
                pending = writer.FlushAsync().GetAwaiter();
#pragma warning restore CA2012
                if (!pending.IsCompleted)
                {
                    IsBlocked = true;
                    pending.UnsafeOnCompleted(onFlushed);
                    return;
                }
            }
            catch (Exception)
            {
                // The transport is gone; its read side tells the connection.
                Break();
                return;
            }

            if (!TakeFlushResult())
                return;
        }
    }

    private void OnFlushed()
    {
        IsBlocked = false;
        if (TakeFlushResult())
            Run();
    }

    private bool TakeFlushResult()
    {
        try
        {
            if (!pending.GetResult().IsCompleted)
                return true;
        }
        catch (Exception)
        {
            // As above: a write error is learned again, and acted on, by the read side.
        }

        Break();
        return false;
    }

    private void Break()
    {
        lock (session.Sync)
        {
            isBroken = true;
            IsBlocked = true;
            isPumping = false;
            drained.TrySetResult();
        }
    }

    /// <summary>Writes one flush's worth. False: nothing to write, pumping ends.</summary>
    private bool TryWrite()
    {
        lock (session.Sync)
        {
            long bytes = 0;
            var messages = 0;
            if (isBroken)
            {
                isPumping = false;
                drained.TrySetResult();
                return false;
            }

            if (!control.IsEmpty)
            {
                System.Buffers.BuffersExtensions.Write(writer, control.Written);
                bytes += control.Length;
                control.Clear();
            }

            if (!isClosing && ReferenceEquals(session.Connection?.Output, this))
                WriteMessages(ref bytes, ref messages);
            if (bytes == 0)
            {
                isPumping = false;
                isBroken = isClosing;
                if (isClosing)
                    drained.TrySetResult();
                return false;
            }

            counters.Sent(messages, bytes);
            return true;
        }
    }

    private void WriteMessages(ref long bytes, ref int messages)
    {
        while (resend is not null && bytes < FlushBytes)
            Resend(ref bytes, ref messages);
        var nowMs = 0L;
        while (resend is null && bytes < FlushBytes && session.Queue.TryPeek(out var next))
        {
            if (next.Qos != QualityOfService.AtMostOnce && session.Inflight.Count >= inflightMax)
                return; // §4.9: the client's receive maximum
            var delivery = session.Queue.Dequeue();
            if (delivery.Message.ExpiresAtMs != 0 && nowMs == 0)
                nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            var isExpired = delivery.Message.IsExpired(nowMs);
            if (isExpired)
                counters.Expired();
            // Rights are asked here and not at the subscription, so that what was queued under others is held back too.
            if (isExpired || Restriction?.MayReceive(session, delivery.Message.Topic) == false)
                Drop(delivery);
            else
                Send(delivery, nowMs, ref bytes, ref messages);
        }
    }

    private void Send(in Delivery delivery, long nowMs, ref long bytes, ref int messages)
    {
        var isNewAlias = false;
        var alias = aliases?.Find(delivery.Message.Topic, out isNewAlias) ?? 0;
        var variables = new PublishVariables
        {
            Version = version, TopicAlias = alias, OmitTopic = alias != 0 && !isNewAlias, MessageExpiry = Remaining(delivery, nowMs),
        };
        var body = PublishEncoder.BodySize(delivery, variables);
        if (1 + VariableByteInteger.Size(body) + body > maximumPacketSize)
        {
            // Discarded as if it had been delivered [MQTT-3.1.2-25].
            if (isNewAlias)
                aliases!.Undo(delivery.Message.Topic);
            counters.TooLarge();
            Drop(delivery);
            return;
        }

        messages++;
        if (delivery.Qos == QualityOfService.AtMostOnce)
        {
            bytes += PublishEncoder.Write(writer, delivery, variables, body);
            delivery.Message.Release();
            return;
        }

        ref var slot = ref session.Inflight.Add(delivery);
        bytes += PublishEncoder.Write(
            writer,
            delivery,
            new PublishVariables
            {
                Version = version, TopicAlias = variables.TopicAlias, OmitTopic = variables.OmitTopic,
                MessageExpiry = variables.MessageExpiry, PacketId = slot.PacketId,
            },
            body);
        session.Journal.IsDirty = true;
    }

    private void Resend(ref long bytes, ref int messages)
    {
        if (resendNext == resend!.Count)
        {
            resend = null;
            return;
        }

        ref var slot = ref session.Inflight.Find(resend[resendNext++], out var found);
        if (!found || !slot.MustResend)
            return;
        slot.MustResend = false;
        if (slot.IsReleased)
        {
            // PUBREL has the same four bytes in both versions.
            var span = writer.GetSpan(4);
            span[0] = 0x62;
            span[1] = 2;
            span[2] = (byte)(slot.PacketId >> 8);
            span[3] = (byte)slot.PacketId;
            writer.Advance(4);
            bytes += 4;
            return;
        }

        var nowMs = slot.Delivery.Message.ExpiresAtMs == 0 ? 0 : time.GetUtcNow().ToUnixTimeMilliseconds();
        var variables = new PublishVariables
        {
            Version = version, PacketId = slot.PacketId, Duplicate = true, MessageExpiry = Remaining(slot.Delivery, nowMs),
        };
        var body = PublishEncoder.BodySize(slot.Delivery, variables);
        if (1 + VariableByteInteger.Size(body) + body > maximumPacketSize)
        {
            counters.TooLarge();
            session.Journal.Finished(slot.Delivery);
            slot.Delivery.Message.Release();
            session.Inflight.Remove(ref slot);
            return;
        }

        messages++;
        bytes += PublishEncoder.Write(writer, slot.Delivery, variables, body);
    }

    private void Drop(in Delivery delivery)
    {
        session.Journal.Finished(delivery);
        delivery.Message.Release();
    }

    // Never zero: what has expired is not sent, and a part of a second left is a second (§3.3.2.3.3).
    private static uint? Remaining(in Delivery delivery, long nowMs) =>
        delivery.Message.ExpiresAtMs == 0 ? null : (uint)Math.Max(1, (delivery.Message.ExpiresAtMs - nowMs + 999) / 1000);
}

using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Broker;

/// <summary>The acknowledgements of both directions (§4.3.2, §4.3.3).</summary>
internal static class DeliveryFlow
{
    public static void Take(MqttSession session, PacketOutput output, PacketType type, AcknowledgementPacket ack)
    {
        lock (session.Sync)
        {
            if (type == PacketType.Pubrel)
                Release(session, output, ack.PacketId);
            else
                Delivered(session, output, type, ack);
        }
    }

    private static void Release(MqttSession session, PacketOutput output, ushort packetId)
    {
        var known = session.InboundQos2.Remove(packetId);
        if (known)
            session.Journal.IsInboundDirty = session.Journal.IsDirty = true;
        output.Control.Acknowledgement(
            PacketType.Pubcomp, packetId, known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound, session.Version);
    }

    private static void Delivered(MqttSession session, PacketOutput output, PacketType type, AcknowledgementPacket ack)
    {
        ref var slot = ref session.Inflight.Find(ack.PacketId, out var found);
        if (type == PacketType.Pubrec)
        {
            Received(session, output, ref slot, found, ack);
            return;
        }

        // An acknowledgement of the wrong kind or for nothing is ignored: nothing is under way that it could end.
        var expected = type == PacketType.Puback ? QualityOfService.AtLeastOnce : QualityOfService.ExactlyOnce;
        if (!found || slot.Delivery.Qos != expected || type == PacketType.Pubcomp && !slot.IsReleased)
            return;
        Finish(session, ref slot);
    }

    private static void Received(MqttSession session, PacketOutput output, ref InflightMessage slot, bool found, AcknowledgementPacket ack)
    {
        if (!found || slot.Delivery.Qos != QualityOfService.ExactlyOnce)
        {
            output.Control.Acknowledgement(PacketType.Pubrel, ack.PacketId, ReasonCode.PacketIdentifierNotFound, session.Version);
            return;
        }

        if (ack.Reason >= ReasonCode.UnspecifiedError)
        {
            Finish(session, ref slot); // the receiver does not want it (§4.3.3)
            return;
        }

        if (!slot.IsReleased)
        {
            slot.IsReleased = true;
            slot.IsStateJournaled = false;
            slot.Delivery.Message.Release();
            slot.Delivery.Message = null!;
            session.Journal.IsDirty = true;
        }

        slot.MustResend = false;
        output.Control.Acknowledgement(PacketType.Pubrel, ack.PacketId, ReasonCode.Success, session.Version);
    }

    private static void Finish(MqttSession session, ref InflightMessage slot)
    {
        session.Journal.Finished(slot.Delivery);
        slot.Delivery.Message?.Release();
        session.Inflight.Remove(ref slot);
    }
}

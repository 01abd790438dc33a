using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>Writes SUBSCRIBE and UNSUBSCRIBE of one filter (§3.8, §3.10).</summary>
internal static class SubscribeWriter
{
    public static void Subscribe(PacketBuffer target, ushort id, ClientSubscription subscription, ProtocolVersion version)
    {
        var body = new PacketBuffer();
        body.UInt16(id);
        if (version == ProtocolVersion.V5)
        {
            var identifier = subscription.Options.Identifier;
            body.Variable(identifier == 0 ? 0 : 1 + (uint)VariableByteInteger.Size(identifier));
            if (identifier != 0)
            {
                body.Byte((byte)PropertyId.SubscriptionIdentifier);
                body.Variable(identifier);
            }
        }

        body.Text(subscription.Filter);
        body.Byte(subscription.Options.ToByte(version));
        target.Packet(PacketType.Subscribe, 2, body.Written);
    }

    public static void Unsubscribe(PacketBuffer target, ushort id, string filter, ProtocolVersion version)
    {
        var body = new PacketBuffer();
        body.UInt16(id);
        if (version == ProtocolVersion.V5)
            body.Variable(0);
        body.Text(filter);
        target.Packet(PacketType.Unsubscribe, 2, body.Written);
    }
}

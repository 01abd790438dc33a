using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>Writes CONNECT (§3.1).</summary>
internal static class ConnectWriter
{
    public static void Write(PacketBuffer target, MqttClientOptions options, string clientId, bool cleanStart)
    {
        var isV5 = options.Version == ProtocolVersion.V5;
        var body = new PacketBuffer();
        body.Binary("MQTT"u8);
        body.Byte((byte)options.Version);
        body.Byte(Flags(options, cleanStart));
        body.UInt16((ushort)Math.Clamp(options.KeepAlive.TotalSeconds, 0, ushort.MaxValue));
        if (isV5)
            Properties(body, p => ConnectProperties(p, options));
        body.Text(clientId);
        if (options.Will is { } will)
        {
            if (isV5)
                Properties(body, p =>
                {
                    if (will.Delay > TimeSpan.Zero)
                        p.Property(PropertyId.WillDelayInterval, (uint)will.Delay.TotalSeconds);
                });
            body.Text(will.Topic);
            body.Binary(will.Payload.Span);
        }

        if (options.UserName is not null)
            body.Text(options.UserName);
        if (options.Password is { } password)
            body.Binary(password.Span);
        target.Packet(PacketType.Connect, 0, body.Written);
    }

    private static void ConnectProperties(PacketBuffer properties, MqttClientOptions options)
    {
        if (options.SessionExpiry > TimeSpan.Zero)
            properties.Property(
                PropertyId.SessionExpiryInterval, (uint)Math.Min(uint.MaxValue, Math.Ceiling(options.SessionExpiry.TotalSeconds)));
        properties.Property(PropertyId.ReceiveMaximum, options.ReceiveMaximum);
        properties.Property(PropertyId.MaximumPacketSize, (uint)options.PacketBytesMax);
    }

    private static byte Flags(MqttClientOptions options, bool cleanStart)
    {
        var flags = 0;
        // 3.1.1 has one flag for "forget what was" and "forget what will be".
        if (options.Version == ProtocolVersion.V5 ? cleanStart : options.SessionExpiry <= TimeSpan.Zero)
            flags |= 0x02;
        if (options.Will is { } will)
            flags |= 0x04 | (int)will.Qos << 3 | (will.Retain ? 0x20 : 0);
        if (options.Password is not null)
            flags |= 0x40;
        if (options.UserName is not null)
            flags |= 0x80;
        return (byte)flags;
    }

    private static void Properties(PacketBuffer body, Action<PacketBuffer> write)
    {
        var properties = new PacketBuffer();
        write(properties);
        body.Variable((uint)properties.Length);
        body.Bytes(properties.Written);
    }
}

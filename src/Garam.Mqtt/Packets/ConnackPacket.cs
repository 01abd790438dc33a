namespace Garam.Mqtt.Packets;

/// <summary>CONNACK (§3.2), for writing.</summary>
internal sealed record ConnackPacket(ReasonCode Reason, bool SessionPresent)
{
    public uint? SessionExpiry { get; init; }

    public ushort? ReceiveMaximum { get; init; }

    public uint? MaximumPacketSize { get; init; }

    public string? AssignedClientId { get; init; }

    public ushort TopicAliasMaximum { get; init; }

    public ushort? ServerKeepAlive { get; init; }

    public void Write(PacketBuffer target, ProtocolVersion version)
    {
        var body = new PacketBuffer(64);
        body.Byte((byte)(SessionPresent ? 1 : 0));
        body.Byte(version == ProtocolVersion.V5 ? (byte)Reason : ReturnCode(Reason));
        if (version == ProtocolVersion.V5)
        {
            var properties = new PacketBuffer(64);
            WriteProperties(properties);
            body.Variable((uint)properties.Length);
            body.Bytes(properties.Written);
        }

        target.Packet(PacketType.Connack, 0, body.Written);
    }

    private void WriteProperties(PacketBuffer properties)
    {
        if (SessionExpiry is { } expiry)
            properties.Property(PropertyId.SessionExpiryInterval, expiry);
        if (ReceiveMaximum is { } receiveMaximum)
            properties.Property(PropertyId.ReceiveMaximum, receiveMaximum);
        if (MaximumPacketSize is { } size)
            properties.Property(PropertyId.MaximumPacketSize, size);
        if (AssignedClientId is { } clientId)
            properties.Property(PropertyId.AssignedClientIdentifier, clientId);
        if (TopicAliasMaximum != 0)
            properties.Property(PropertyId.TopicAliasMaximum, TopicAliasMaximum);
        if (ServerKeepAlive is { } keepAlive)
            properties.Property(PropertyId.ServerKeepAlive, keepAlive);
    }

    /// <summary>The five words of MQTT 3.1.1 §3.2.2.3.</summary>
    private static byte ReturnCode(ReasonCode reason) => reason switch
    {
        ReasonCode.Success => 0,
        ReasonCode.UnsupportedProtocolVersion => 1,
        ReasonCode.ClientIdentifierNotValid => 2,
        ReasonCode.BadUserNameOrPassword => 4,
        ReasonCode.NotAuthorized or ReasonCode.Banned or ReasonCode.BadAuthenticationMethod => 5,
        _ => 3,
    };
}

namespace Garam.Mqtt.Packets;

/// <summary>Walks a property block, holding it to the set the packet allows and to "at most once" (MQTT 5 §2.2.2).</summary>
internal ref struct PropertyReader(ReadOnlySpan<byte> block, ulong allowed)
{
    private static readonly ulong Repeatable = PropertySets.Of(PropertyId.UserProperty);

    private PacketReader reader = new(block);
    private ulong seen;

    /// <summary>Success until something is wrong; then why.</summary>
    public ReasonCode Error { get; private set; }

    /// <summary>False at the end and on an error; look at <see cref="Error"/>.</summary>
    public bool TryNext(out Property property)
    {
        property = default;
        if (reader.IsAtEnd || Error != ReasonCode.Success)
            return false;
        var before = reader.Rest;
        if (!reader.TryReadVariable(out var id) || id >= 64)
            return Fail(ReasonCode.MalformedPacket);
        var found = new Property { Id = (PropertyId)id };
        var bit = 1UL << (int)id;
        if ((allowed & bit) == 0)
            // A property the packet may not carry, or an unknown one, is a malformed packet (§2.2.2.2).
            return Fail(ReasonCode.MalformedPacket);
        if ((seen & bit) != 0 && (Repeatable & bit) == 0 && !IsRepeatableIdentifier(found.Id))
            return Fail(ReasonCode.ProtocolError);
        seen |= bit;
        if (!TryReadValue(ref reader, ref found))
            return Fail(ReasonCode.MalformedPacket);
        found.Encoded = before[..(before.Length - reader.Rest.Length)];
        property = found;
        return true;
    }

    // Only a PUBLISH from a server carries several subscription identifiers (§3.3.2.3.8).
    private readonly bool IsRepeatableIdentifier(PropertyId id) =>
        id == PropertyId.SubscriptionIdentifier && PropertySets.Has(allowed, PropertyId.TopicAlias);

    private static bool TryReadValue(ref PacketReader reader, ref Property property)
    {
        switch (property.Id)
        {
            case PropertyId.PayloadFormatIndicator:
            case PropertyId.RequestProblemInformation:
            case PropertyId.RequestResponseInformation:
            case PropertyId.MaximumQos:
            case PropertyId.RetainAvailable:
            case PropertyId.WildcardSubscriptionAvailable:
            case PropertyId.SubscriptionIdentifierAvailable:
            case PropertyId.SharedSubscriptionAvailable:
                var read = reader.TryReadByte(out var small);
                property.Number = small;
                return read;
            case PropertyId.ServerKeepAlive:
            case PropertyId.ReceiveMaximum:
            case PropertyId.TopicAliasMaximum:
            case PropertyId.TopicAlias:
                read = reader.TryReadUInt16(out var number);
                property.Number = number;
                return read;
            case PropertyId.MessageExpiryInterval:
            case PropertyId.SessionExpiryInterval:
            case PropertyId.WillDelayInterval:
            case PropertyId.MaximumPacketSize:
                return reader.TryReadUInt32(out property.Number);
            case PropertyId.SubscriptionIdentifier:
                return reader.TryReadVariable(out property.Number);
            case PropertyId.CorrelationData:
            case PropertyId.AuthenticationData:
                return reader.TryReadBinary(out property.Bytes);
            case PropertyId.UserProperty:
                return reader.TryReadText(out property.Bytes) && reader.TryReadText(out property.Value);
            default:
                return reader.TryReadText(out property.Bytes);
        }
    }

    private bool Fail(ReasonCode error)
    {
        Error = error;
        return false;
    }
}

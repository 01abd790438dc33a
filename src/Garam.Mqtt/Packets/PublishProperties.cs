namespace Garam.Mqtt.Packets;

/// <summary>
/// The MQTT 5 properties of a received PUBLISH, read from the packet's own bytes only when asked. Valid as long as the arrival
/// they belong to. Under MQTT 3.1.1 every one is absent.
/// </summary>
public readonly ref struct PublishProperties
{
    internal PublishProperties(ReadOnlySpan<byte> raw) => Raw = raw;

    /// <summary>The property block as received, without its length.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Whether there is no property at all.</summary>
    public bool IsEmpty => Raw.IsEmpty;

    /// <summary>Seconds the message stays useful (§3.3.2.3.3).</summary>
    public uint? MessageExpirySeconds => TryFind(PropertyId.MessageExpiryInterval, out var property) ? property.Number : null;

    /// <summary>The sender states that the payload is UTF-8 text (§3.3.2.3.2).</summary>
    public bool IsUtf8Payload => TryFind(PropertyId.PayloadFormatIndicator, out var property) && property.Number == 1;

    /// <summary>UTF-8 of the content type; empty when absent.</summary>
    public ReadOnlySpan<byte> ContentType => TryFind(PropertyId.ContentType, out var property) ? property.Bytes : default;

    /// <summary>UTF-8 of the topic a response is asked on; empty when absent.</summary>
    public ReadOnlySpan<byte> ResponseTopic => TryFind(PropertyId.ResponseTopic, out var property) ? property.Bytes : default;

    /// <summary>What a response must carry back; empty when absent.</summary>
    public ReadOnlySpan<byte> CorrelationData => TryFind(PropertyId.CorrelationData, out var property) ? property.Bytes : default;

    /// <summary>Subscription identifiers of a message that came from a server, in the order given.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers
    {
        get
        {
            List<uint>? found = null;
            var reader = new PropertyReader(Raw, ulong.MaxValue);
            while (reader.TryNext(out var property))
                if (property.Id == PropertyId.SubscriptionIdentifier)
                    (found ??= []).Add(property.Number);
            return found is null ? [] : found;
        }
    }

    /// <summary>The user properties in order, as UTF-8 name and value.</summary>
    public UserPropertyEnumerator GetEnumerator() => new(Raw);

    /// <summary>Finds the first user property of a name.</summary>
    public bool TryGetUserProperty(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (var pair in this)
        {
            if (!pair.Name.SequenceEqual(name))
                continue;
            value = pair.Value;
            return true;
        }

        value = default;
        return false;
    }

    private bool TryFind(PropertyId id, out Property property)
    {
        var reader = new PropertyReader(Raw, ulong.MaxValue);
        while (reader.TryNext(out property))
            if (property.Id == id)
                return true;
        return false;
    }
}

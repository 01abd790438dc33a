using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>The MQTT 5 properties of a message to publish; ignored under 3.1.1.</summary>
public sealed record MessageProperties
{
    /// <summary>The payload is UTF-8 text.</summary>
    public bool IsUtf8Payload { get; init; }

    /// <summary>Seconds until the message is of no use; null: never.</summary>
    public uint? MessageExpirySeconds { get; init; }

    /// <summary>MIME type or the like.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where a response is expected.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What a response must carry back.</summary>
    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>Name and value, in order, repeats allowed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    internal void Write(PacketBuffer target)
    {
        if (IsUtf8Payload)
            target.Property(PropertyId.PayloadFormatIndicator, (byte)1);
        if (MessageExpirySeconds is { } expiry)
            target.Property(PropertyId.MessageExpiryInterval, expiry);
        if (ContentType is not null)
            target.Property(PropertyId.ContentType, ContentType);
        if (ResponseTopic is not null)
            target.Property(PropertyId.ResponseTopic, ResponseTopic);
        if (CorrelationData is { } data)
        {
            target.Byte((byte)PropertyId.CorrelationData);
            target.Binary(data.Span);
        }

        foreach (var (name, value) in UserProperties)
        {
            target.Property(PropertyId.UserProperty, name);
            target.Text(value);
        }
    }
}

namespace Garam.Mqtt.Broker;

/// <summary>Every limit of the broker. Each default says why; <see cref="Validate"/> reports all errors together.</summary>
public sealed record MqttOptions
{
    /// <summary>
    /// Largest packet taken, in bytes, fixed header included; announced to MQTT 5 clients, and exceeding it ends the connection
    /// with 0x95. The platform takes payloads of 256 KiB; 16 KiB more is room for topic and properties.
    /// </summary>
    public int PacketBytesMax { get; init; } = (256 + 16) * 1024;

    /// <summary>Connections at a time. One costs about 10 KiB idle, so this is 200 MB of the worst case, and under a usual descriptor limit.</summary>
    public int ConnectionsMax { get; init; } = 20_000;

    /// <summary>Sessions kept, connected or not; a CONNECT beyond it is refused with 0x97.</summary>
    public int SessionsMax { get; init; } = 100_000;

    /// <summary>Time for a new connection to send a whole CONNECT: half-open sockets go after it. Ten seconds outlast a slow TLS modem.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest keep-alive, in seconds; an MQTT 5 client that asks for more, or for none, is told this one (Server Keep Alive). A
    /// dead line is then seen within 90 s. 3.1.1 has no word for it: there the client's own value holds. Zero: no limit.
    /// </summary>
    public int KeepAliveSecondsMax { get; init; } = 60;

    /// <summary>
    /// QoS 1 and 2 publications a client may have unacknowledged. Announced to MQTT 5 clients (exceeding it is 0x93); a 3.1.1 client
    /// is simply not read further. 1,024 messages of 200 bytes cover a 1 ms flush at 1,000,000 messages/s.
    /// </summary>
    public int ReceiveMaximum { get; init; } = 1024;

    /// <summary>Topic aliases a client may set. 64 names of a connection cover a gateway's busiest metrics and cost 64 references.</summary>
    public int TopicAliasMaximum { get; init; } = 64;

    /// <summary>Topic aliases the broker sets towards a client that allows them, at most what the client announces.</summary>
    public int OutgoingTopicAliasMaximum { get; init; } = 64;

    /// <summary>QoS 1 and 2 messages sent to a client and unacknowledged, at most what the client announces as receive maximum.</summary>
    public int InflightMax { get; init; } = 1024;

    /// <summary>
    /// Messages that wait for one session. When full, the oldest QoS 0 message gives way; without one the newcomer is dropped and
    /// counted. A publisher is never slowed by a subscriber. 10,000 is ten seconds of a 1,000/s stream while a client reconnects.
    /// </summary>
    public int QueuedMessagesMax { get; init; } = 10_000;

    /// <summary>Bytes that wait for one session, as <see cref="QueuedMessagesMax"/>: a queue of 256 KiB payloads must stay small too.</summary>
    public long QueuedBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Longest a session is kept after its connection ended; also what "never expires" means here. A week covers a long weekend.</summary>
    public TimeSpan SessionExpiryMax { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Subscriptions of one session. Above it SUBACK says 0x97.</summary>
    public int SubscriptionsPerSessionMax { get; init; } = 1000;

    /// <summary>Bytes of a client identifier; longer ones are refused with 0x85. The specification asks for 23 at least (§3.1.3.1).</summary>
    public int ClientIdBytesMax { get; init; } = 512;

    /// <summary>Bytes of a topic name or filter. The specification allows 65,535, but a cached topic costs its length a few times over.</summary>
    public int TopicBytesMax { get; init; } = 1024;

    /// <summary>Levels of a topic name or filter; bounds the depth of the subscription tree and of the walks over it.</summary>
    public int TopicLevelsMax { get; init; } = 64;

    /// <summary>Topics one connection's cache holds, a power of two. A gateway with a thousand children still hits.</summary>
    public int TopicCacheMax { get; init; } = 1024;

    /// <summary>Retained messages kept; a new topic beyond it is not retained, and counted.</summary>
    public int RetainedMessagesMax { get; init; } = 100_000;

    /// <summary>Bytes of retained messages kept, as <see cref="RetainedMessagesMax"/>.</summary>
    public long RetainedBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// What SUBACK says when access rules refuse a filter. 0x80 reveals nothing about what exists behind the filter
    /// (MQTT 5 §3.9.3) and is the only word 3.1.1 has.
    /// </summary>
    public Packets.ReasonCode SubscribeRefusedReason { get; init; } = Packets.ReasonCode.UnspecifiedError;

    /// <summary>How often <c>$SYS/broker</c> topics are published; zero: never.</summary>
    public TimeSpan SysInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Folder for retained messages and sessions; null: memory only.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Longest that a change of retained messages or sessions is not yet on disk.</summary>
    public TimeSpan StateFlushInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What <c>$SYS/broker/version</c> says.</summary>
    public string Version { get; init; } = "garam " + typeof(MqttOptions).Assembly.GetName().Version?.ToString(3);

    /// <summary>All errors of these options, empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(errors, PacketBytesMax, 128, 268_435_460, nameof(PacketBytesMax));
        Check(errors, ConnectionsMax, 1, int.MaxValue, nameof(ConnectionsMax));
        Check(errors, SessionsMax, 1, int.MaxValue, nameof(SessionsMax));
        Check(errors, KeepAliveSecondsMax, 0, 65_535, nameof(KeepAliveSecondsMax));
        Check(errors, ReceiveMaximum, 1, 65_535, nameof(ReceiveMaximum));
        Check(errors, TopicAliasMaximum, 0, 65_535, nameof(TopicAliasMaximum));
        Check(errors, OutgoingTopicAliasMaximum, 0, 65_535, nameof(OutgoingTopicAliasMaximum));
        Check(errors, InflightMax, 1, 60_000, nameof(InflightMax));
        Check(errors, QueuedMessagesMax, 1, int.MaxValue / 2, nameof(QueuedMessagesMax));
        Check(errors, QueuedBytesMax, 1, long.MaxValue, nameof(QueuedBytesMax));
        Check(errors, SubscriptionsPerSessionMax, 1, int.MaxValue, nameof(SubscriptionsPerSessionMax));
        Check(errors, ClientIdBytesMax, 23, 65_535, nameof(ClientIdBytesMax));
        Check(errors, TopicBytesMax, 1, 65_535, nameof(TopicBytesMax));
        Check(errors, TopicLevelsMax, 1, 1024, nameof(TopicLevelsMax));
        Check(errors, TopicCacheMax, 8, 1 << 20, nameof(TopicCacheMax));
        if (!System.Numerics.BitOperations.IsPow2(TopicCacheMax))
            errors.Add($"{nameof(TopicCacheMax)} is {TopicCacheMax}; it must be a power of two.");
        if (ConnectTimeout <= TimeSpan.Zero)
            errors.Add($"{nameof(ConnectTimeout)} is {ConnectTimeout}; it must be longer than zero.");
        if (StateFlushInterval <= TimeSpan.Zero)
            errors.Add($"{nameof(StateFlushInterval)} is {StateFlushInterval}; it must be longer than zero.");
        return errors;
    }

    private static void Check(List<string> errors, long value, long min, long max, string name)
    {
        if (value < min || value > max)
            errors.Add($"{name} is {value}; it must be {min} to {max}.");
    }
}

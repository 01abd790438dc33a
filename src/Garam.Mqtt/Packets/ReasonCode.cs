namespace Garam.Mqtt.Packets;

/// <summary>MQTT 5 §2.4: below 0x80 the operation succeeded. For MQTT 3.1.1 the broker translates where that version has a word for it.</summary>
public enum ReasonCode : byte
{
    /// <summary>Success; in DISCONNECT a normal disconnection; in SUBACK granted QoS 0.</summary>
    Success = 0x00,

    /// <summary>SUBACK: granted QoS 1.</summary>
    GrantedQos1 = 0x01,

    /// <summary>SUBACK: granted QoS 2.</summary>
    GrantedQos2 = 0x02,

    /// <summary>DISCONNECT: the client leaves and asks for its will to be published.</summary>
    DisconnectWithWill = 0x04,

    /// <summary>Accepted, nobody subscribes to it.</summary>
    NoMatchingSubscribers = 0x10,

    /// <summary>UNSUBACK: there was no such subscription.</summary>
    NoSubscriptionExisted = 0x11,

    /// <summary>No reason revealed, or none of the others applies.</summary>
    UnspecifiedError = 0x80,

    /// <summary>The packet cannot be parsed according to the specification.</summary>
    MalformedPacket = 0x81,

    /// <summary>The packet is well formed and not allowed here.</summary>
    ProtocolError = 0x82,

    /// <summary>The server does not accept it, for a reason of its own.</summary>
    ImplementationSpecificError = 0x83,

    /// <summary>A protocol level the server does not speak.</summary>
    UnsupportedProtocolVersion = 0x84,

    /// <summary>A client identifier the server does not allow.</summary>
    ClientIdentifierNotValid = 0x85,

    /// <summary>Wrong user name or password.</summary>
    BadUserNameOrPassword = 0x86,

    /// <summary>Known, but not allowed.</summary>
    NotAuthorized = 0x87,

    /// <summary>The server cannot serve now.</summary>
    ServerUnavailable = 0x88,

    /// <summary>The server is busy; try again later.</summary>
    ServerBusy = 0x89,

    /// <summary>The client has been barred.</summary>
    Banned = 0x8A,

    /// <summary>The server goes down.</summary>
    ServerShuttingDown = 0x8B,

    /// <summary>An authentication method the server does not know.</summary>
    BadAuthenticationMethod = 0x8C,

    /// <summary>Nothing arrived for one and a half times the keep-alive.</summary>
    KeepAliveTimeout = 0x8D,

    /// <summary>Another connection came with the same client identifier.</summary>
    SessionTakenOver = 0x8E,

    /// <summary>The topic filter is correct and not accepted.</summary>
    TopicFilterInvalid = 0x8F,

    /// <summary>The topic name is correct and not accepted.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>The packet identifier is in use already.</summary>
    PacketIdentifierInUse = 0x91,

    /// <summary>PUBREL or PUBCOMP: the packet identifier is unknown.</summary>
    PacketIdentifierNotFound = 0x92,

    /// <summary>More unacknowledged QoS 1 and 2 publications than announced.</summary>
    ReceiveMaximumExceeded = 0x93,

    /// <summary>Topic alias zero, above the announced maximum, or never set.</summary>
    TopicAliasInvalid = 0x94,

    /// <summary>Larger than the announced maximum packet size.</summary>
    PacketTooLarge = 0x95,

    /// <summary>Too many messages in too short a time.</summary>
    MessageRateTooHigh = 0x96,

    /// <summary>A limit of the server is reached.</summary>
    QuotaExceeded = 0x97,

    /// <summary>Ended by an administrator.</summary>
    AdministrativeAction = 0x98,

    /// <summary>The payload is not of the stated format.</summary>
    PayloadFormatInvalid = 0x99,

    /// <summary>Retained messages are not supported.</summary>
    RetainNotSupported = 0x9A,

    /// <summary>That QoS is not supported.</summary>
    QosNotSupported = 0x9B,

    /// <summary>The connection rate has been exceeded.</summary>
    ConnectionRateExceeded = 0x9F,

    /// <summary>Shared subscriptions are not supported.</summary>
    SharedSubscriptionsNotSupported = 0x9E,

    /// <summary>Subscription identifiers are not supported.</summary>
    SubscriptionIdentifiersNotSupported = 0xA1,

    /// <summary>Wildcard subscriptions are not supported.</summary>
    WildcardSubscriptionsNotSupported = 0xA2,
}

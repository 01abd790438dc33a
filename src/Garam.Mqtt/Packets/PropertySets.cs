namespace Garam.Mqtt.Packets;

/// <summary>Which properties each packet may carry (MQTT 5 §2.2.2.2, table 2-4), as sets of <see cref="PropertyId"/> bits.</summary>
internal static class PropertySets
{
    public static readonly ulong Publish = Of(
        PropertyId.PayloadFormatIndicator, PropertyId.MessageExpiryInterval, PropertyId.ContentType, PropertyId.ResponseTopic,
        PropertyId.CorrelationData, PropertyId.TopicAlias, PropertyId.UserProperty);

    public static readonly ulong PublishFromServer = Publish | Of(PropertyId.SubscriptionIdentifier);

    /// <summary>What a server must hand on unaltered (§3.3.2.3).</summary>
    public static readonly ulong Forwarded = Of(
        PropertyId.PayloadFormatIndicator, PropertyId.ContentType, PropertyId.ResponseTopic, PropertyId.CorrelationData,
        PropertyId.UserProperty);

    public static readonly ulong Connect = Of(
        PropertyId.SessionExpiryInterval, PropertyId.AuthenticationMethod, PropertyId.AuthenticationData,
        PropertyId.RequestProblemInformation, PropertyId.RequestResponseInformation, PropertyId.ReceiveMaximum,
        PropertyId.TopicAliasMaximum, PropertyId.UserProperty, PropertyId.MaximumPacketSize);

    public static readonly ulong Will = Of(
        PropertyId.PayloadFormatIndicator, PropertyId.MessageExpiryInterval, PropertyId.ContentType, PropertyId.ResponseTopic,
        PropertyId.CorrelationData, PropertyId.WillDelayInterval, PropertyId.UserProperty);

    public static readonly ulong Connack = Of(
        PropertyId.SessionExpiryInterval, PropertyId.AssignedClientIdentifier, PropertyId.ServerKeepAlive,
        PropertyId.AuthenticationMethod, PropertyId.AuthenticationData, PropertyId.ResponseInformation, PropertyId.ServerReference,
        PropertyId.ReasonString, PropertyId.ReceiveMaximum, PropertyId.TopicAliasMaximum, PropertyId.MaximumQos,
        PropertyId.RetainAvailable, PropertyId.UserProperty, PropertyId.MaximumPacketSize,
        PropertyId.WildcardSubscriptionAvailable, PropertyId.SubscriptionIdentifierAvailable, PropertyId.SharedSubscriptionAvailable);

    public static readonly ulong Subscribe = Of(PropertyId.SubscriptionIdentifier, PropertyId.UserProperty);

    public static readonly ulong Unsubscribe = Of(PropertyId.UserProperty);

    public static readonly ulong Acknowledgement = Of(PropertyId.ReasonString, PropertyId.UserProperty);

    public static readonly ulong Disconnect = Of(
        PropertyId.SessionExpiryInterval, PropertyId.ServerReference, PropertyId.ReasonString, PropertyId.UserProperty);

    public static ulong Of(params ReadOnlySpan<PropertyId> ids)
    {
        ulong set = 0;
        foreach (var id in ids)
            set |= 1UL << (int)id;
        return set;
    }

    public static bool Has(ulong set, PropertyId id) => (byte)id < 64 && (set >> (int)id & 1) != 0;
}

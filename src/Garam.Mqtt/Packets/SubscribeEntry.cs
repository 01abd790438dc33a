namespace Garam.Mqtt.Packets;

/// <summary>One topic filter of SUBSCRIBE with its options (§3.8.3).</summary>
internal readonly record struct SubscribeEntry(
    string Filter, QualityOfService Qos, bool NoLocal, bool RetainAsPublished, RetainHandling RetainHandling);

using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Topics;

/// <summary>
/// One session that gets a message, its overlapping subscriptions merged: once, at the highest QoS, with every subscription
/// identifier (§3.3.4).
/// </summary>
internal readonly record struct MatchTarget(MqttSession Session, QualityOfService Qos, bool RetainAsPublished, uint[]? Identifiers);

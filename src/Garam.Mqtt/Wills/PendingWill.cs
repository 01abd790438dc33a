using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Wills;

/// <summary>A will whose client is gone, until its delay or its session ends, whichever is first (MQTT 5 §3.1.3.2.2).</summary>
internal sealed record PendingWill(WillPart Will, long DueAtMs);

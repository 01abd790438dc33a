namespace Garam.Mqtt.Packets;

/// <summary>When retained messages are sent on SUBSCRIBE (MQTT 5 §3.8.3.1).</summary>
public enum RetainHandling : byte
{
    /// <summary>At every SUBSCRIBE.</summary>
    Always = 0,

    /// <summary>Only when the subscription is new.</summary>
    WhenNew = 1,

    /// <summary>Never.</summary>
    Never = 2,
}

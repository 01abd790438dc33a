using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>The server said no, or the connection is gone for good.</summary>
public sealed class MqttClientException : IOException
{
    /// <summary>With what the server said.</summary>
    public MqttClientException(string message, ReasonCode reason, Exception? cause = null)
        : base(message, cause) => Reason = reason;

    /// <summary>The server's reason; unspecified error when it gave none.</summary>
    public ReasonCode Reason { get; }
}

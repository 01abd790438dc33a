using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Broker;

/// <summary>Everybody may do everything: for loopback and tests.</summary>
public sealed class OpenAccess : IMqttAccess
{
    /// <summary>The only one needed.</summary>
    public static OpenAccess Instance { get; } = new();

    /// <inheritdoc />
    public ValueTask<ConnectVerdict> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) =>
        new(ConnectVerdict.Accept());

    /// <inheritdoc />
    public bool MayPublish(MqttSession session, string topic) => true;

    /// <inheritdoc />
    public bool MaySubscribe(MqttSession session, string filter) => true;
}

using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Broker;

/// <summary>Who may connect, publish and subscribe. Called from many connections at once.</summary>
public interface IMqttAccess
{
    /// <summary>Decides on a CONNECT. An exception refuses the client with "server unavailable" and is logged.</summary>
    ValueTask<ConnectVerdict> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation);

    /// <summary>
    /// Asked once per topic and connection; the answer is kept until the connection ends or
    /// <see cref="MqttBroker.ForgetPermissions"/>. Must not block.
    /// </summary>
    bool MayPublish(MqttSession session, string topic);

    /// <summary>Asked at every SUBSCRIBE with the filter without its share prefix. Must not block.</summary>
    bool MaySubscribe(MqttSession session, string filter);

    /// <summary>
    /// Asked for every message to a session whose verdict was <see cref="ConnectVerdict.IsRestricted"/>, under the session's lock. Must not block
    /// nor call the broker.
    /// </summary>
    bool MayReceive(MqttSession session, string topic) => true;
}

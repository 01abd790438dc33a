using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>What access control says to a CONNECT.</summary>
/// <param name="Reason">Success, or why not: under MQTT 3.1.1 translated to its return codes (3.1.1 §3.2.2.3).</param>
/// <param name="Principal">Kept on the session for later access checks.</param>
public readonly record struct ConnectVerdict(ReasonCode Reason, object? Principal)
{
    /// <summary>The principal does not see everything: <see cref="IMqttAccess.MayReceive"/> is asked for every message.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Lets the client in.</summary>
    public static ConnectVerdict Accept(object? principal = null) => new(ReasonCode.Success, principal);

    /// <summary>Sends the client away.</summary>
    public static ConnectVerdict Refuse(ReasonCode reason = ReasonCode.NotAuthorized) => new(reason, null);
}

using System.Text;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;
using Garam.Platform.Configuration;
using Garam.Platform.Identity;
using Garam.Platform.Packs;

namespace Garam.Platform.Ingress;

/// <summary>
/// Who may do what on the broker. A device signs in with its id as user name and its token as password, and then publishes and subscribes
/// only under its own name; an API token is the password of anybody else.
/// </summary>
public sealed class MqttAccess(AccessGuard guard, PackCatalog packs, GaramOptions options, LogGate gate) : IMqttAccess
{
    private static readonly string[] OwnPrefixes = ["devices/", "$aws/things/"];

    public ValueTask<ConnectVerdict> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation)
    {
        var password = attempt.Password.IsEmpty ? null : Encoding.UTF8.GetString(attempt.Password.Span);
        if (guard.FromDevice(attempt.UserName, password) is { } principal)
            return ValueTask.FromResult(ConnectVerdict.Accept(principal));
        if (guard.FromToken(password) is { } reader)
            return ValueTask.FromResult(ConnectVerdict.Accept(reader));
        gate.Counters.Count(Protocol.Mqtt, IngressResult.Unauthorized);
        return ValueTask.FromResult(ConnectVerdict.Refuse(ReasonCode.BadUserNameOrPassword));
    }

    public bool MayPublish(MqttSession session, string topic)
    {
        if (session.Principal is not Principal principal)
            return false;
        if (packs.Current.Routes.Match(topic, out var device, out var hub) is not null)
            return principal.MaySendFor(device, hub);
        return principal.May(Role.Operator) || IsOwn(principal, topic);
    }

    public bool MaySubscribe(MqttSession session, string filter)
    {
        if (session.Principal is not Principal principal || options.Mqtt.DenySubscribe.Contains(filter))
            return false;
        return principal.May(Role.Viewer) || IsOwn(principal, filter);
    }

    private static bool IsOwn(Principal principal, string topic) =>
        principal.DeviceId is { } id && Array.Exists(OwnPrefixes, prefix =>
            topic.StartsWith(prefix, StringComparison.Ordinal)
            && topic.AsSpan(prefix.Length).StartsWith(id)
            && topic.Length > prefix.Length + id.Length
            && topic[prefix.Length + id.Length] == '/');
}

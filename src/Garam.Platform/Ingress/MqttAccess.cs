using System.Text;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Packs;

namespace Garam.Platform.Ingress;

/// <summary>
/// Who may do what on the broker. A device signs in with its id as user name and its token as password, and then publishes and subscribes
/// only under its own name; an API token is the password of anybody else.
/// </summary>
public sealed class MqttAccess(AccessGuard guard, DeviceRegistry registry, PackCatalog packs, GaramOptions options, LogGate gate) : IMqttAccess
{
    private static readonly string[] OwnPrefixes = ["devices/", "$aws/things/"];

    public ValueTask<ConnectVerdict> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation)
    {
        var password = attempt.Password.IsEmpty ? null : Encoding.UTF8.GetString(attempt.Password.Span);
        var principal = guard.FromDevice(attempt.UserName, password);
        if (principal is not null && IsDisabled(principal, attempt.UserName))
        {
            gate.Counters.Count(Protocol.Mqtt, IngressResult.Disabled);
            return ValueTask.FromResult(ConnectVerdict.Refuse(ReasonCode.Banned));
        }

        if (principal is not null)
            return ValueTask.FromResult(Accept(principal));
        if (guard.FromToken(password) is { } reader)
            return ValueTask.FromResult(Accept(reader));
        gate.Counters.Count(Protocol.Mqtt, IngressResult.Unauthorized);
        return ValueTask.FromResult(ConnectVerdict.Refuse(ReasonCode.BadUserNameOrPassword));
    }

    public bool MayPublish(MqttSession session, string topic)
    {
        if (session.Principal is not Principal principal)
            return false;
        if (packs.Current.Routes.Match(topic, out var device, out var hub) is not null)
            return principal.MaySendFor(device, hub);
        return (principal.May(Role.Operator) && principal.Scope.IsEverything) || IsOwn(principal, topic);
    }

    public bool MaySubscribe(MqttSession session, string filter)
    {
        if (session.Principal is not Principal principal || options.Mqtt.DenySubscribe.Contains(filter))
            return false;
        return principal.May(Role.Viewer) || IsOwn(principal, filter);
    }

    /// <summary>
    /// A device receives what is under its own name, and a principal of one customer what its devices publish; asked for every message, so that
    /// a filter with wildcards, or a session taken over from somebody else, shows nothing of others.
    /// </summary>
    public bool MayReceive(MqttSession session, string topic)
    {
        if (session.Principal is not Principal principal)
            return false;
        if (!principal.May(Role.Viewer))
            return IsOwn(principal, topic);
        if (principal.Scope.IsEverything)
            return true;
        // A hub carries messages of its children, which may be another customer's: the device that the route names counts.
        return packs.Current.Routes.Match(topic, out var device, out _) is not null
            ? principal.Scope.SeesDevice(device)
            : Array.Exists(OwnPrefixes, prefix => topic.StartsWith(prefix, StringComparison.Ordinal) && principal.Scope.SeesDevice(NameIn(topic, prefix.Length)));
    }

    /// <summary>Who comes as the device itself. An operator's token speaks for many devices, of which the gate refuses the disabled ones.</summary>
    private bool IsDisabled(Principal principal, string? userName) =>
        (principal.DeviceId is not null || guard.IsOpen) && userName is not null && registry.TryGet(userName, out var entry) && entry.Current.IsDisabled;

    private static ConnectVerdict Accept(Principal principal) =>
        ConnectVerdict.Accept(principal) with { IsRestricted = !principal.May(Role.Viewer) || !principal.Scope.IsEverything };

    private static string NameIn(string topic, int from)
    {
        var end = topic.IndexOf('/', from);
        return end < 0 ? topic[from..] : topic[from..end];
    }

    private static bool IsOwn(Principal principal, string topic) =>
        principal.DeviceId is { } id && Array.Exists(OwnPrefixes, prefix =>
            topic.StartsWith(prefix, StringComparison.Ordinal)
            && topic.AsSpan(prefix.Length).StartsWith(id)
            && topic.Length > prefix.Length + id.Length
            && topic[prefix.Length + id.Length] == '/');
}

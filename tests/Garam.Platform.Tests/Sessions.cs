using System.Reflection;
using Garam.Mqtt;
using Garam.Mqtt.Broker;
using Garam.Mqtt.Sessions;
using Garam.Platform.Identity;

namespace Garam.Platform.Tests;

/// <summary>A session as the broker makes it after a successful CONNECT; only the broker itself can.</summary>
internal static class Sessions
{
    public static MqttSession Of(string clientId, Principal principal)
    {
        var session = (MqttSession)Activator.CreateInstance(
            typeof(MqttSession), BindingFlags.Instance | BindingFlags.NonPublic, null, [clientId, new MqttOptions()], null)!;
        typeof(MqttSession).GetProperty(nameof(MqttSession.Principal))!.SetValue(session, principal);
        return session;
    }
}

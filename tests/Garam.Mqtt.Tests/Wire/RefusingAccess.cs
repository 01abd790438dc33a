using Garam.Mqtt.Broker;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Tests.Wire;

/// <summary>Refuses topics below <c>nosubscribe</c> and <c>nopublish</c>, and the password "wrong".</summary>
internal sealed class RefusingAccess : IMqttAccess
{
    public ConnectAttempt? LastAttempt { get; private set; }

    public ValueTask<ConnectVerdict> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation)
    {
        LastAttempt = attempt;
        return new(attempt.Password.Span.SequenceEqual("wrong"u8)
            ? ConnectVerdict.Refuse(ReasonCode.BadUserNameOrPassword)
            : ConnectVerdict.Accept("principal of " + attempt.ClientId));
    }

    public bool MayPublish(MqttSession session, string topic) => !topic.Contains("nopublish", StringComparison.Ordinal);

    public bool MaySubscribe(MqttSession session, string filter) => !filter.Contains("nosubscribe", StringComparison.Ordinal);
}

using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Broker;

/// <summary>Sessions that got messages during one batch of a publisher and are pumped at its end, so each gets one flush.</summary>
internal sealed class PumpList
{
    private readonly List<MqttSession> sessions = [];

    public void Add(MqttSession session) => sessions.Add(session);

    public void PumpAll()
    {
        foreach (var session in sessions)
            session.Pump();
        sessions.Clear();
    }
}

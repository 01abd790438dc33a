namespace Garam.Mqtt.Broker;

/// <summary>
/// Topic aliases the broker sets towards one client (MQTT 5 §3.3.2.3.4): the first topics get them and keep them, so a steady
/// stream never sets one again.
/// </summary>
internal sealed class OutgoingAliases(int maximum)
{
    private readonly Dictionary<string, ushort> byTopic = new(StringComparer.Ordinal);

    /// <summary>The topic's alias, zero when all are given away.</summary>
    public ushort Find(string topic, out bool isNew)
    {
        isNew = false;
        if (byTopic.TryGetValue(topic, out var alias))
            return alias;
        if (byTopic.Count == maximum)
            return 0;
        isNew = true;
        alias = (ushort)(byTopic.Count + 1);
        byTopic.Add(topic, alias);
        return alias;
    }

    /// <summary>Takes back the newest alias: the packet that would have set it is not sent.</summary>
    public void Undo(string topic) => byTopic.Remove(topic);
}

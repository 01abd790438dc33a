namespace Garam.Mqtt.Topics;

/// <summary>
/// A topic name as one connection knows it, kept from message to message so that what was found out about it (is it valid, may
/// this client publish to it, who subscribes to it, where does it lead) is found out once. Used by its connection's read loop only.
/// </summary>
public sealed class MqttTopic
{
    private readonly byte[] utf8;

    internal MqttTopic(string name, byte[] utf8)
    {
        Name = name;
        this.utf8 = utf8;
    }

    /// <summary>The topic name.</summary>
    public string Name { get; }

    /// <summary>The topic name as on the wire.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8;

    /// <summary>
    /// Free for the publish gate, which keeps its resolved route here. Lost when the connection ends or its topic cache is full;
    /// the owner of the route puts a version into it if routes may change.
    /// </summary>
    public object? Tag { get; set; }

    internal byte[] Bytes => utf8;

    /// <summary>Null until asked; forgotten with <see cref="Forget"/>.</summary>
    internal bool? MayPublish { get; set; }

    internal TopicMatch Match { get; set; } = TopicMatch.Stale;

    internal void Forget() => MayPublish = null;
}

namespace Garam.Mqtt.Packets;

/// <summary>One user property as UTF-8 (MQTT 5 §3.3.2.3.7).</summary>
public readonly ref struct UserProperty
{
    internal UserProperty(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>UTF-8 name.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>UTF-8 value.</summary>
    public ReadOnlySpan<byte> Value { get; }
}

namespace Garam.Mqtt.Packets;

/// <summary>One property as it stands in a packet. Numbers of every width are in <see cref="Number"/>.</summary>
internal ref struct Property
{
    public PropertyId Id;
    public uint Number;

    /// <summary>String or binary data; for a user property its name.</summary>
    public ReadOnlySpan<byte> Bytes;

    /// <summary>The value of a user property.</summary>
    public ReadOnlySpan<byte> Value;

    /// <summary>The whole property as encoded, identifier included.</summary>
    public ReadOnlySpan<byte> Encoded;
}

using System.Text;

namespace Garam.Mqtt.Tests.Wire;

/// <summary>Packets written byte by byte, independent of the codec under test.</summary>
internal static class Bytes
{
    public static byte[] Text(string value) => Binary(Encoding.UTF8.GetBytes(value));

    public static byte[] Binary(byte[] value) => [(byte)(value.Length >> 8), (byte)value.Length, .. value];

    public static byte[] Variable(int value)
    {
        var bytes = new List<byte>();
        do
        {
            var b = value & 127;
            value >>= 7;
            bytes.Add((byte)(value > 0 ? b | 128 : b));
        }
        while (value > 0);
        return [.. bytes];
    }

    public static byte[] Packet(int first, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(p => p)];
        return [(byte)first, .. Variable(body.Length), .. body];
    }

    public static byte[] Properties(params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(p => p)];
        return [.. Variable(body.Length), .. body];
    }

    public static byte[] U16(int id, int value) => [(byte)id, (byte)(value >> 8), (byte)value];

    public static byte[] U32(int id, uint value) => [(byte)id, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    public static byte[] Str(int id, string value) => [(byte)id, .. Text(value)];

    public static byte[] Pair(string name, string value) => [38, .. Text(name), .. Text(value)];

    public static byte[] Connect(
        string clientId, int version = 5, bool clean = true, int keepAlive = 0, byte[][]? properties = null, Will? will = null,
        string? user = null, string? password = null, string protocol = "MQTT")
    {
        var flags = (clean ? 2 : 0) | (user is null ? 0 : 128) | (password is null ? 0 : 64)
            | (will is null ? 0 : 4 | will.Qos << 3 | (will.Retain ? 32 : 0));
        return Packet(
            0x10,
            Text(protocol), [(byte)version, (byte)flags, (byte)(keepAlive >> 8), (byte)keepAlive],
            version == 5 ? Properties(properties ?? []) : [],
            Text(clientId),
            will is null ? [] : [.. version == 5 ? Properties(will.Properties ?? []) : [], .. Text(will.Topic), .. Text(will.Payload)],
            user is null ? [] : Text(user),
            password is null ? [] : Text(password));
    }

    public static byte[] Publish(
        string topic, string payload, int qos = 0, int id = 0, bool retain = false, bool duplicate = false, int version = 5,
        params byte[][] properties) => Packet(
            0x30 | (duplicate ? 8 : 0) | qos << 1 | (retain ? 1 : 0),
            Text(topic), qos > 0 ? [(byte)(id >> 8), (byte)id] : [], version == 5 ? Properties(properties) : [],
            Encoding.UTF8.GetBytes(payload));

    /// <param name="id">Packet identifier.</param>
    /// <param name="filter">Topic filter.</param>
    /// <param name="options">QoS; from MQTT 5: 4 no local, 8 retain as published, 16 and 32 retain handling.</param>
    /// <param name="version">5 or 4.</param>
    /// <param name="identifier">Subscription identifier, or zero.</param>
    public static byte[] Subscribe(int id, string filter, int options, int version = 5, int identifier = 0) =>
        Subscribe(id, [(filter, options)], version, identifier);

    public static byte[] Subscribe(int id, (string Filter, int Options)[] entries, int version = 5, int identifier = 0) => Packet(
        0x82,
        [(byte)(id >> 8), (byte)id],
        version == 5 ? Properties(identifier == 0 ? [] : [[11, .. Variable(identifier)]]) : [],
        [.. entries.SelectMany(e => (byte[])[.. Text(e.Filter), (byte)e.Options])]);

    public static byte[] Unsubscribe(int id, string filter, int version = 5) => Packet(
        0xA2, [(byte)(id >> 8), (byte)id], version == 5 ? Properties() : [], Text(filter));

    public static byte[] Ack(int first, int id) => [(byte)first, 2, (byte)(id >> 8), (byte)id];

    public static byte[] Puback(int id) => Ack(0x40, id);

    public static byte[] Pubrec(int id) => Ack(0x50, id);

    public static byte[] Pubrel(int id) => Ack(0x62, id);

    public static byte[] Pubcomp(int id) => Ack(0x70, id);

    public static byte[] Disconnect(int reason = 0, params byte[][] properties) =>
        reason == 0 && properties.Length == 0 ? [0xE0, 0] : Packet(0xE0, [(byte)reason], Properties(properties));

    internal sealed record Will(string Topic, string Payload, int Qos = 0, bool Retain = false, byte[][]? Properties = null);
}

using System.Text;

namespace Garam.EndToEnd;

/// <summary>MQTT packets and WebSocket frames written by hand, for what no client would send.</summary>
internal static class Packets
{
    public static byte[] Connect311(string clientId) =>
        Packet(0x10, [0, 4, .. "MQTT"u8, 4, 2, 0, 60, .. Text(clientId)]);

    public static byte[] Connect5(string clientId) =>
        Packet(0x10, [0, 4, .. "MQTT"u8, 5, 2, 0, 60, 0, .. Text(clientId)]);

    /// <summary>A QoS 1 PUBLISH.</summary>
    public static byte[] Publish311(string topic, ReadOnlySpan<byte> payload, ushort packetId) =>
        Packet(0x32, [.. Text(topic), (byte)(packetId >> 8), (byte)packetId, .. payload]);

    public static byte[] Packet(byte first, ReadOnlySpan<byte> body)
    {
        var length = new List<byte>();
        var rest = body.Length;
        do
        {
            length.Add((byte)((rest % 128) | (rest >= 128 ? 0x80 : 0)));
            rest /= 128;
        }
        while (rest > 0);
        return [first, .. length, .. body];
    }

    public static byte[] Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static byte[] Bytes(ReadOnlySpan<byte> text) => [(byte)(text.Length >> 8), (byte)text.Length, .. text];

    public static byte[] WebSocketUpgrade(string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");

    /// <summary>A text message of up to 125 bytes, masked with zeros as a client's must be masked with something.</summary>
    public static byte[] WebSocketText(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        return [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
    }
}

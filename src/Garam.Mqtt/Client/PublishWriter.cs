using System.Text;
using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>Writes PUBLISH (§3.3). Keeps a buffer for the properties, so one thread at a time.</summary>
internal sealed class PublishWriter(ProtocolVersion version)
{
    private readonly PacketBuffer scratch = new(64);

    /// <summary>Puts one whole packet in place of what <paramref name="target"/> held.</summary>
    public void Write(
        PacketBuffer target, string topic, ReadOnlySpan<byte> payload, QualityOfService qos, bool retain, ushort packetId,
        MessageProperties? properties)
    {
        var isV5 = version == ProtocolVersion.V5;
        scratch.Clear();
        if (isV5)
            properties?.Write(scratch);
        var size = 2 + Encoding.UTF8.GetByteCount(topic) + (qos == 0 ? 0 : 2) + payload.Length;
        if (isV5)
            size += VariableByteInteger.Size((uint)scratch.Length) + scratch.Length;
        target.Clear();
        target.Byte((byte)(0x30 | (int)qos << 1 | (retain ? 1 : 0)));
        target.Variable((uint)size);
        target.Text(topic);
        if (qos != 0)
            target.UInt16(packetId);
        if (isV5)
        {
            target.Variable((uint)scratch.Length);
            target.Bytes(scratch.Written);
        }

        target.Bytes(payload);
    }
}

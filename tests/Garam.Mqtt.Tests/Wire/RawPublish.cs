using System.Buffers.Binary;
using System.Text;

namespace Garam.Mqtt.Tests.Wire;

/// <summary>A received PUBLISH taken apart by a reader of the tests' own.</summary>
internal sealed class RawPublish
{
    public string Topic { get; private init; } = "";

    public string Text { get; private init; } = "";

    public int Qos { get; private init; }

    public bool Retain { get; private init; }

    public bool Duplicate { get; private init; }

    public ushort Id { get; private init; }

    public RawProperties Properties { get; private init; } = new([]);

    public static RawPublish Parse(RawPacket packet, bool isV5)
    {
        packet.Type.ShouldBe(3, packet.Hex);
        var body = packet.Body.AsSpan();
        var topicLength = BinaryPrimitives.ReadUInt16BigEndian(body);
        var at = 2 + topicLength;
        var qos = packet.First >> 1 & 3;
        ushort id = 0;
        if (qos > 0)
        {
            id = BinaryPrimitives.ReadUInt16BigEndian(body[at..]);
            at += 2;
        }

        byte[] properties = [];
        if (isV5)
        {
            var length = RawProperties.ReadVariable(body, ref at);
            properties = body.Slice(at, length).ToArray();
            at += length;
        }

        return new RawPublish
        {
            Topic = Encoding.UTF8.GetString(body.Slice(2, topicLength)), Text = Encoding.UTF8.GetString(body[at..]), Qos = qos,
            Retain = (packet.First & 1) != 0, Duplicate = (packet.First & 8) != 0, Id = id, Properties = new RawProperties(properties),
        };
    }
}

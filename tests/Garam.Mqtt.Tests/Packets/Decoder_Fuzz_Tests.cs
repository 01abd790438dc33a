using System.Buffers;
using Garam.Mqtt.Packets;
using Garam.Mqtt.Tests.Wire;

namespace Garam.Mqtt.Tests.Packets;

public sealed class Decoder_Fuzz_Tests(ITestOutputHelper output)
{
    private static readonly byte[][] Seeds =
    [
        Bytes.Connect("client", 5, false, 60, [Bytes.U32(17, 5), Bytes.U16(33, 9), Bytes.Pair("a", "b")], new("w", "x", 1, true, [Bytes.U32(24, 1)]), "user", "pass"),
        Bytes.Connect("client", 4, true, 60, null, new("w", "x", 1), "user", "pass"),
        Bytes.Publish("a/b/c", "payload", 1, 7, true, true, 5, Bytes.U16(35, 1), Bytes.U32(2, 60), Bytes.Str(3, "text"), Bytes.Pair("k", "v")),
        Bytes.Publish("a/b/c", "payload", 2, 7, version: 4),
        Bytes.Subscribe(1, [("a/+/#", 2), ("$share/g/x", 1)], 5, 300),
        Bytes.Unsubscribe(2, "a/b"),
        Bytes.Packet(0x40, [0, 1, 0x10, 0]),
        Bytes.Packet(0xE0, [4], Bytes.Properties(Bytes.U32(17, 1), Bytes.Str(31, "bye"))),
    ];

    [Fact]
    public void No_bytes_make_the_decoder_throw()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var accepted = 0;
        for (var i = 0; i < 300_000; i++)
        {
            var packet = Mutate(random, Seeds[random.Next(Seeds.Length)]);
            if (!FixedHeader.TryRead(packet, out var header, out _) || header.PacketLength > packet.Length)
                continue;
            if (Parse(header, packet.AsSpan(header.HeaderLength, (int)header.RemainingLength), (ProtocolVersion)random.Next(4, 6)) == ReasonCode.Success)
                accepted++;
        }

        accepted.ShouldBeGreaterThan(1000); // the mutations still reach deep
    }

    [Fact]
    public void The_header_of_a_split_buffer_reads_like_that_of_a_whole_one()
    {
        foreach (var packet in Seeds)
            for (var cut = 1; cut < Math.Min(6, packet.Length); cut++)
            {
                var first = new Segment(packet.AsMemory(0, cut), 0);
                var sequence = new ReadOnlySequence<byte>(first, 0, first.Append(packet.AsMemory(cut)), packet.Length - cut);
                FixedHeader.TryRead(sequence, out var split, out _).ShouldBeTrue();
                FixedHeader.TryRead(packet, out var whole, out _).ShouldBeTrue();
                split.ShouldBe(whole);
            }
    }

    internal static byte[] Mutate(Random random, byte[] source)
    {
        var bytes = source.ToList();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    if (bytes.Count > 1)
                        bytes.RemoveAt(at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static ReasonCode Parse(FixedHeader header, ReadOnlySpan<byte> body, ProtocolVersion version)
    {
        switch (header.Type)
        {
            case PacketType.Connect:
                return ConnectPacket.TryParse(body, out _);
            case PacketType.Publish:
                var reason = PublishPacket.TryParse(header.Flags, body, version, fromServer: body.Length % 2 == 0, out var publish);
                if (reason == ReasonCode.Success)
                    foreach (var pair in new PublishProperties(publish.Properties))
                        _ = pair.Name.Length + pair.Value.Length;
                return reason;
            case PacketType.Subscribe:
                return SubscribePacket.TryParse(body, version, out _);
            case PacketType.Unsubscribe:
                return UnsubscribePacket.TryParse(body, version, out _);
            case PacketType.Disconnect:
                return DisconnectPacket.TryParse(body, version, out _);
            case PacketType.Connack:
                return ConnackReader.Parse(body, version) is null ? ReasonCode.MalformedPacket : ReasonCode.Success;
            case PacketType.Suback:
                return SubackPacket.Parse(body, version) is null ? ReasonCode.MalformedPacket : ReasonCode.Success;
            default:
                return AcknowledgementPacket.TryParse(body, version, out _);
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Garam.Mqtt.Tests.Wire;

/// <summary>A property block taken apart, by identifier (MQTT 5 §2.2.2.2).</summary>
internal sealed class RawProperties
{
    private readonly List<(int Id, object Value)> all = [];

    public RawProperties(ReadOnlySpan<byte> block)
    {
        var at = 0;
        while (at < block.Length)
        {
            var id = ReadVariable(block, ref at);
            all.Add((id, ReadValue(id, block, ref at)));
        }
    }

    public int Count => all.Count;

    public bool Has(int id) => all.Exists(p => p.Id == id);

    public long Number(int id) => (long)all.Find(p => p.Id == id).Value;

    public string Text(int id) => (string)all.Find(p => p.Id == id).Value;

    public long[] Numbers(int id) => [.. all.Where(p => p.Id == id).Select(p => (long)p.Value)];

    public string[] Texts(int id) => [.. all.Where(p => p.Id == id).Select(p => (string)p.Value)];

    public static int ReadVariable(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (bytes[at] & 127) << shift;
            if (bytes[at++] < 128)
                return value;
        }
    }

    private static object ReadValue(int id, ReadOnlySpan<byte> block, ref int at)
    {
        switch (id)
        {
            case 1 or 23 or 25 or 36 or 37 or 40 or 41 or 42:
                return (long)block[at++];
            case 19 or 33 or 34 or 35:
                at += 2;
                return (long)BinaryPrimitives.ReadUInt16BigEndian(block[(at - 2)..]);
            case 2 or 17 or 24 or 39:
                at += 4;
                return (long)BinaryPrimitives.ReadUInt32BigEndian(block[(at - 4)..]);
            case 11:
                return (long)ReadVariable(block, ref at);
            case 38:
                return ReadText(block, ref at) + "=" + ReadText(block, ref at);
            default:
                return ReadText(block, ref at);
        }
    }

    private static string ReadText(ReadOnlySpan<byte> block, ref int at)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(block[at..]);
        at += 2 + length;
        return Encoding.UTF8.GetString(block.Slice(at - length, length));
    }
}

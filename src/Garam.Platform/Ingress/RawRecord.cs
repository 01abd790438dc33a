using System.Buffers.Binary;
using System.Text;

namespace Garam.Platform.Ingress;

/// <summary>
/// A record of the raw log: the bytes of one message exactly as received, behind a header that says from where, whose and when.
/// Layout in <c>docs/formats/raw-record.md</c>; all integers little endian.
/// </summary>
/// <remarks>A view over the log's block: it copies nothing and lives as long as the block.</remarks>
public readonly ref struct RawRecord
{
    /// <summary>The layout below. Older ones stay readable for ever.</summary>
    public const byte Version = 1;

    private const int FixedBytes = 4 + 8 + 4 + 4;

    private RawRecord(ReadOnlySpan<byte> record, int device, int hub, int product, int csvHeader, int channel)
    {
        Protocol = (Protocol)record[1];
        Kind = (RouteKind)record[2];
        ReceivedUs = BinaryPrimitives.ReadInt64LittleEndian(record[4..]);
        DeviceHash = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        Port = BinaryPrimitives.ReadInt32LittleEndian(record[16..]);
        var at = FixedBytes + 6;
        Device = record.Slice(at, device);
        at += device;
        Hub = record.Slice(at, hub);
        at += hub;
        Product = record.Slice(at, product);
        at += product;
        CsvHeader = record.Slice(at, csvHeader);
        at += csvHeader;
        Channel = record.Slice(at, channel);
        Payload = record[(at + channel)..];
    }

    public Protocol Protocol { get; }

    public RouteKind Kind { get; }

    /// <summary>Receive time, Unix microseconds; no two messages of a device share one, unless its clock is set back by more than a second.</summary>
    public long ReceivedUs { get; }

    /// <summary>Chooses the lane; all messages of a device share it.</summary>
    public uint DeviceHash { get; }

    /// <summary>The application port (LoRaWAN fPort), -1 when the channel knows none.</summary>
    public int Port { get; }

    public ReadOnlySpan<byte> Device { get; }

    public ReadOnlySpan<byte> Hub { get; }

    /// <summary>The product that the route or the sender named; empty when the registration decides.</summary>
    public ReadOnlySpan<byte> Product { get; }

    /// <summary>The header line that a TCP connection keeps for CSV lines.</summary>
    public ReadOnlySpan<byte> CsvHeader { get; }

    /// <summary>The MQTT topic, or where the connection came from.</summary>
    public ReadOnlySpan<byte> Channel { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads a record; false when it is not one of ours (a log written by something else).</summary>
    public static bool TryRead(ReadOnlySpan<byte> record, out RawRecord raw)
    {
        raw = default;
        if (record.Length < FixedBytes + 6 || record[0] != Version)
            return false;
        int device = record[FixedBytes];
        int hub = record[FixedBytes + 1];
        var product = record[3];
        var csvHeader = BinaryPrimitives.ReadUInt16LittleEndian(record[(FixedBytes + 2)..]);
        var channel = BinaryPrimitives.ReadUInt16LittleEndian(record[(FixedBytes + 4)..]);
        if (FixedBytes + 6 + device + hub + product + csvHeader + channel > record.Length)
            return false;
        raw = new RawRecord(record, device, hub, product, csvHeader, channel);
        return true;
    }

    /// <summary>Only what chooses the lane, for the dispatcher.</summary>
    public static uint DeviceHashOf(ReadOnlySpan<byte> record) =>
        record.Length >= FixedBytes ? BinaryPrimitives.ReadUInt32LittleEndian(record[12..]) : 0;

    /// <summary>
    /// The header of a source's messages, made once; per message only the time changes (<see cref="Stamp"/>).
    /// </summary>
    public static byte[] Header(
        Protocol protocol, RouteKind kind, ReadOnlySpan<byte> device, ReadOnlySpan<byte> hub, ReadOnlySpan<byte> product,
        ReadOnlySpan<byte> csvHeader, ReadOnlySpan<byte> channel, int port = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(device.Length, byte.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hub.Length, byte.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(product.Length, byte.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(csvHeader.Length, ushort.MaxValue);
        channel = channel[..Math.Min(channel.Length, ushort.MaxValue)];
        var header = new byte[FixedBytes + 6 + device.Length + hub.Length + product.Length + csvHeader.Length + channel.Length];
        header[0] = Version;
        header[1] = (byte)protocol;
        header[2] = (byte)kind;
        header[3] = (byte)product.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), Hash(device));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), port);
        header[FixedBytes] = (byte)device.Length;
        header[FixedBytes + 1] = (byte)hub.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(FixedBytes + 2), (ushort)csvHeader.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(FixedBytes + 4), (ushort)channel.Length);
        var at = FixedBytes + 6;
        Put(device, header, ref at);
        Put(hub, header, ref at);
        Put(product, header, ref at);
        Put(csvHeader, header, ref at);
        Put(channel, header, ref at);
        return header;
    }

    /// <summary>Writes the receive time into a copy of a source's header.</summary>
    public static void Stamp(Span<byte> header, long receivedUs) => BinaryPrimitives.WriteInt64LittleEndian(header[4..], receivedUs);

    public static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    private static void Put(ReadOnlySpan<byte> part, byte[] header, ref int at)
    {
        part.CopyTo(header.AsSpan(at));
        at += part.Length;
    }

    /// <summary>Chooses the lane of a device. FNV-1a: spreads short serial numbers well, and stands in the log, so it must never change.</summary>
    public static uint Hash(ReadOnlySpan<byte> device)
    {
        var hash = 2166136261u;
        foreach (var b in device)
            hash = (hash ^ b) * 16777619u;
        return hash ^ (hash >> 15);
    }
}

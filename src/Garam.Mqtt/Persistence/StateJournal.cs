using System.Buffers.Binary;
using System.Numerics;

namespace Garam.Mqtt.Persistence;

/// <summary>
/// The state file: a header and checksummed records (docs/formats/mqtt-state.md). Invariants:
/// <list type="bullet">
/// <item>what <see cref="Append"/> or <see cref="Replace"/> returned from is on disk;</item>
/// <item>a rewrite goes into a new file that takes the name only when complete and on disk, so a crash leaves the old or the new;</item>
/// <item>reading stops at the first record that is cut or whose checksum is wrong, and everything from there is cut off.</item>
/// </list>
/// Used by one thread at a time.
/// </summary>
internal sealed class StateJournal(string folder) : IDisposable
{
    public const uint Version = 1;
    private const int HeaderBytes = 8;
    private const int FrameBytes = 8;

    // No message is larger than the largest MQTT packet; more is damage.
    private const uint RecordBytesMax = 300 * 1024 * 1024;

    private static readonly byte[] Magic = "GMQS"u8.ToArray();

    private FileStream? file;

    public delegate void RecordReader(ReadOnlySpan<byte> record);

    public long Length => file?.Length ?? 0;

    /// <summary>Opens and reads; returns how many bytes of a torn tail were cut.</summary>
    public long Open(RecordReader read)
    {
        Directory.CreateDirectory(folder);
        File.Delete(Path.Combine(folder, StateFiles.NewJournal));
        file = new FileStream(Path.Combine(folder, StateFiles.Journal), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0);
        if (file.Length < HeaderBytes)
        {
            var torn = file.Length;
            file.SetLength(0);
            file.Write(Header());
            file.Flush(flushToDisk: true);
            return torn;
        }

        CheckHeader();
        var good = ReadAll(read);
        var cut = file.Length - good;
        if (cut > 0)
        {
            file.SetLength(good);
            file.Flush(flushToDisk: true);
        }

        file.Position = good;
        return cut;
    }

    /// <summary>Appends framed records and waits for the disk.</summary>
    public void Append(ReadOnlySpan<byte> records)
    {
        file!.Write(records);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Puts these framed records in place of everything.</summary>
    public void Replace(ReadOnlySpan<byte> records)
    {
        var path = Path.Combine(folder, StateFiles.NewJournal);
        var next = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 0);
        try
        {
            next.Write(Header());
            next.Write(records);
            next.Flush(flushToDisk: true);
            File.Move(path, Path.Combine(folder, StateFiles.Journal), overwrite: true);
        }
        catch
        {
            next.Dispose();
            throw;
        }

        file?.Dispose();
        file = next;
    }

    public void Dispose() => file?.Dispose();

    /// <summary>Writes the frame of a record whose payload starts <see cref="FrameBytes"/> after <paramref name="frame"/>.</summary>
    public static void WriteFrame(Span<byte> frame, ReadOnlySpan<byte> record)
    {
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)record.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], Checksum(record));
    }

    private static byte[] Header()
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), Version);
        return header;
    }

    private void CheckHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        file!.ReadExactly(header);
        var version = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (!header[..4].SequenceEqual(Magic))
            throw new InvalidDataException($"{file.Name} is no MQTT state file. Move it away, or choose another folder.");
        if (version > Version)
            throw new InvalidDataException(
                $"{file.Name} is of version {version}, this program reads up to {Version}. Run the newer program, or move the file away.");
    }

    private long ReadAll(RecordReader read)
    {
        var good = (long)HeaderBytes;
        var frame = new byte[FrameBytes];
        var record = new byte[4096];
        var buffered = new BufferedStream(file!, 1024 * 1024); // not disposed: it would close the file
        while (file!.Length - good >= FrameBytes)
        {
            buffered.ReadExactly(frame);
            var length = BinaryPrimitives.ReadUInt32BigEndian(frame);
            if (length is 0 or > RecordBytesMax || length > file.Length - good - FrameBytes)
                break;
            if (record.Length < length)
                record = new byte[BitOperations.RoundUpToPowerOf2(length)];
            var span = record.AsSpan(0, (int)length);
            buffered.ReadExactly(span);
            if (Checksum(span) != BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)))
                break;
            read(span);
            good += FrameBytes + length;
        }

        return good;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}

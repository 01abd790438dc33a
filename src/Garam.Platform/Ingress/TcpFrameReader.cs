using System.Buffers;
using System.Buffers.Binary;

namespace Garam.Platform.Ingress;

/// <summary>Cuts frames from what a connection has received so far.</summary>
internal static class TcpFrameReader
{
    /// <summary>
    /// Takes the next whole frame off <paramref name="buffer"/>. False when more bytes are needed; <paramref name="tooLarge"/> is set when
    /// the frame would exceed <paramref name="bytesMax"/>, judged before anything of that size is kept.
    /// </summary>
    public static bool TryRead(TcpFraming framing, int bytesMax, ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out bool tooLarge)
    {
        frame = default;
        tooLarge = false;
        switch (framing.Kind)
        {
            case TcpFramingKind.Line:
                if (!TryReadUntil("\n"u8, bytesMax + 1, ref buffer, out frame, out tooLarge))
                    return false;
                TrimReturn(ref frame);
                tooLarge = frame.Length > bytesMax;
                return !tooLarge;
            case TcpFramingKind.Delimiter:
                return TryReadUntil(framing.Delimiter, bytesMax, ref buffer, out frame, out tooLarge);
            case TcpFramingKind.Fixed:
                tooLarge = framing.FixedLength > bytesMax;
                return !tooLarge && TryTake(0, framing.FixedLength, ref buffer, out frame);
            default:
                return TryReadPrefixed(framing.Kind == TcpFramingKind.Length16 ? 2 : 4, bytesMax, ref buffer, out frame, out tooLarge);
        }
    }

    private static bool TryReadPrefixed(int prefixBytes, int bytesMax, ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out bool tooLarge)
    {
        frame = default;
        tooLarge = false;
        if (buffer.Length < prefixBytes)
            return false;
        Span<byte> prefix = stackalloc byte[4];
        buffer.Slice(0, prefixBytes).CopyTo(prefix);
        var length = prefixBytes == 2 ? BinaryPrimitives.ReadUInt16BigEndian(prefix) : BinaryPrimitives.ReadUInt32BigEndian(prefix);
        tooLarge = length > bytesMax;
        return !tooLarge && TryTake(prefixBytes, (int)length, ref buffer, out frame);
    }

    private static bool TryTake(int skip, int length, ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (buffer.Length < skip + length)
            return false;
        frame = buffer.Slice(skip, length);
        buffer = buffer.Slice(skip + length);
        return true;
    }

    private static bool TryReadUntil(ReadOnlySpan<byte> delimiter, int bytesMax, ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out bool tooLarge)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (reader.TryReadTo(out frame, delimiter))
        {
            tooLarge = frame.Length > bytesMax;
            if (tooLarge)
                return false;
            buffer = buffer.Slice(reader.Position);
            return true;
        }

        tooLarge = buffer.Length > bytesMax + delimiter.Length;
        return false;
    }

    private static void TrimReturn(ref ReadOnlySequence<byte> line)
    {
        if (!line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == '\r')
            line = line.Slice(0, line.Length - 1);
    }
}

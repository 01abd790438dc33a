using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Head;

namespace Garam.TimeSeries.Storage;

/// <summary>The blob of an open block: a version, then each piece with its length and its time range; the tail is the last one.</summary>
internal static class OpenBlockData
{
    private const byte Version = 1;

    public static void Begin(ByteSink sink) => sink.Byte(Version);

    public static void Add(ByteSink sink, ReadOnlySpan<byte> chunk, long firstTime, long lastTime, int rows)
    {
        sink.Varint((ulong)chunk.Length);
        sink.Varint((ulong)rows);
        sink.ZigZag(firstTime);
        sink.Varint((ulong)(lastTime - firstTime));
        sink.Bytes(chunk);
    }

    /// <summary>Reads as far as the bytes are sound; a short last piece becomes the tail. False when something had to be skipped.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, int columns, out List<OpenChunk> chunks, out RowBuffer? tail)
    {
        chunks = [];
        tail = null;
        if (data.IsEmpty) return true;
        var sound = true;
        var source = new ByteSource(data);
        if (source.Byte() != Version) return false;
        while (source.Remaining > 0)
        {
            var length = source.Count(data.Length);
            var rows = source.Count(Chunk.RowsMax);
            var firstTime = source.ZigZag();
            var lastTime = firstTime + (long)source.Varint();
            var bytes = source.Bytes(length);
            if (source.Failed) return false;
            var decoded = new RowBuffer(columns, 0);
            if (!ChunkReader.TryOpen(bytes, out var reader)
                || reader.Rows != rows
                || (chunks.Count > 0 && chunks[^1].LastTime >= firstTime))
            {
                sound = false;
                continue;
            }

            if (source.Remaining > 0 || rows >= Chunk.HeadRows) chunks.Add(new OpenChunk(bytes.ToArray(), firstTime, lastTime, rows));
            else if (reader.TryReadAll(decoded, ChunkScratch.Current)) tail = decoded;
            else sound = false;
        }

        return sound;
    }
}

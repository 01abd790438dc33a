using System.Buffers.Binary;
using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Tests.Chunks;

public sealed class Chunk_round_trips
{
    [Fact]
    public void With_absent_and_suspect_cells()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var rows = Rows(random);
            var read = new RowBuffer(rows.Columns);
            ChunkReader.TryOpen(Encode(rows), out var reader).ShouldBeTrue();
            reader.TryReadAll(read, ChunkScratch.Current).ShouldBeTrue($"seed {seed}");
            read.Times.ToArray().ShouldBe(rows.Times.ToArray(), $"seed {seed}");
            for (var row = 0; row < rows.Count; row++)
                for (var column = 0; column < rows.Columns; column++)
                {
                    var same = Cell.Same(read[row, column], rows[row, column]) && read.IsSuspect(row, column) == rows.IsSuspect(row, column);
                    same.ShouldBeTrue($"seed {seed}, round {round}, row {row}, column {column}");
                }
        }
    }

    [Fact]
    public void Any_single_damaged_byte_is_noticed()
    {
        var bytes = Encode(Rows(new Random(1)));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x40;
            ChunkReader.TryOpen(bytes, out _).ShouldBeFalse($"byte {i}");
            bytes[i] ^= 0x40;
        }
    }

    /// <summary>With a checksum that is right, so that the decoders behind it meet the damage.</summary>
    [Fact]
    public void Hostile_bytes_are_refused_without_an_exception()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encode(Rows(random, rowsMax: 40));
            for (var i = random.Next(1, 6); i > 0; i--) bytes[random.Next(5, bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(5, bytes.Length)];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), Crc32C.Of(bytes.AsSpan(5)));
            try
            {
                if (!ChunkReader.TryOpen(bytes, out var reader)) continue;
                reader.TryReadAll(new RowBuffer(4), ChunkScratch.Current);
                reader.TryReadColumn(1, new double[reader.Rows], new bool[reader.Rows], ChunkScratch.Current);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}: {failure.Message}", failure);
            }
        }
    }

    internal static byte[] Encode(RowBuffer rows)
    {
        var sink = new ByteSink();
        new ChunkWriter().Write(sink, rows, 0, rows.Count);
        return sink.Written.ToArray();
    }

    private static RowBuffer Rows(Random random, int rowsMax = 300)
    {
        var rows = new RowBuffer(random.Next(1, 5));
        var columns = Enumerable.Range(0, rows.Columns).Select(_ => Values.Of(Values.Kinds[random.Next(Values.Kinds.Length)], rowsMax, random)).ToArray();
        var time = StoreTesting.Start;
        var count = random.Next(1, rowsMax);
        var sparse = random.Next(3) == 0;
        for (var i = 0; i < count; i++)
        {
            time += random.Next(10) == 0 ? random.Next(1, 10_000_000) : 5_000_000;
            var row = rows.Add(time);
            for (var column = 0; column < rows.Columns; column++)
                if (!sparse || random.Next(3) > 0) rows.Set(row, column, columns[column][i], random.Next(50) == 0);
        }

        return rows;
    }
}

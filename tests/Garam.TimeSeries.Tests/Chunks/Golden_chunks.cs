using System.Globalization;
using Garam.TimeSeries.Chunks;
using Garam.TimeSeries.Rollups;

namespace Garam.TimeSeries.Tests.Chunks;

/// <summary>
/// Chunks as every version so far has written them, in <c>testdata/</c>: the bytes in hex, and what they hold as text. They
/// must decode for ever; a new format adds files and changes none.
/// </summary>
public sealed class Golden_chunks
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "testdata");

    public static TheoryData<string> Samples => [.. Names("chunk-*.hex")];

    public static TheoryData<string> Rollups => [.. Names("rollup-*.hex")];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_decode(string name)
    {
        var rows = new RowBuffer(Expected(name).Split('\n')[0].Count(' '.Equals));
        ChunkReader.TryOpen(Bytes(name), out var reader).ShouldBeTrue();
        reader.TryReadAll(rows, ChunkScratch.Current).ShouldBeTrue();
        Text(rows).ShouldBe(Expected(name));
    }

    [Theory]
    [MemberData(nameof(Rollups))]
    public void Buckets_decode(string name)
    {
        var rows = new BucketRows();
        rows.Reset(1);
        RollupReader.TryOpen(Bytes(name), RollupLevel.Minute, RollupScratch.Current, out var reader).ShouldBeTrue();
        reader.TryReadAll(rows).ShouldBeTrue();
        Text(rows).ShouldBe(Expected(name));
    }

    internal static string Text(RowBuffer rows)
    {
        var lines = Enumerable.Range(0, rows.Count).Select(row =>
            string.Join(' ', Enumerable.Range(0, rows.Columns).Select(column => Cell(rows, row, column)).Prepend(Number(rows.Times[row]))));
        return string.Join('\n', lines);
    }

    internal static string Text(BucketRows rows)
    {
        var lines = Enumerable.Range(0, rows.Count).Select(row =>
        {
            var b = rows.Row(row)[0];
            return $"{Number(rows.Start(row))} {b.Count} {Bits(b.Sum)} {Bits(b.Min)} {Bits(b.Max)} {Bits(b.First)} {Bits(b.Last)}";
        });
        return string.Join('\n', lines);
    }

    private static string Cell(RowBuffer rows, int row, int column) =>
        Garam.TimeSeries.Chunks.Cell.IsAbsent(rows[row, column]) ? "-" : Bits(rows[row, column]) + (rows.IsSuspect(row, column) ? "?" : "");

    private static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern).Select(Path.GetFileNameWithoutExtension).Order()!;

    private static byte[] Bytes(string name) => Convert.FromHexString(File.ReadAllText(Path.Combine(Folder, name + ".hex")).ReplaceLineEndings(""));

    private static string Expected(string name) => File.ReadAllText(Path.Combine(Folder, name + ".txt")).ReplaceLineEndings("\n").TrimEnd();
}

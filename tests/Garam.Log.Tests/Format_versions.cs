using System.Text;
using Garam.Log.Frames;

namespace Garam.Log.Tests;

/// <summary>Folders of every format that was ever shipped, kept as they were written (testdata/README.md).</summary>
public sealed class Format_versions
{
    [Fact]
    public async Task Format_1_stays_readable()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "testdata", "format-1")))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        await using var log = DurableLog.Open(folder.Path, GoldenOptions);

        log.Recovery.Corruptions.ShouldBeEmpty();
        log.Recovery.BytesScanned.ShouldBe(0);
        log.Next.Value.ShouldBe(GoldenRecords);
        log.GetCheckpoint("pipeline").ShouldBe(new LogPosition(17));
        using var reader = log.OpenReader(LogPosition.Zero);
        var block = new LogBlock();
        var read = 0;
        while (reader.Read(block) > 0)
            for (var i = 0; i < block.Count; i++) Encoding.UTF8.GetString(block[i]).ShouldBe(GoldenRecord(read++));
        read.ShouldBe(GoldenRecords);
    }

    [Fact]
    public void The_checksum_is_crc32c_as_published() =>
        // RFC 3720, B.4: 32 bytes of zeros, 32 bytes of ones, 0..31; and the check value of every CRC catalogue.
        new[] { new byte[32], [.. Enumerable.Repeat((byte)0xFF, 32)], [.. Enumerable.Range(0, 32).Select(i => (byte)i)], "123456789"u8.ToArray() }
            .Select(bytes => Crc32C.Compute(bytes)).ShouldBe([0x8A9136AAu, 0x62A8AB43u, 0x46DD794Eu, 0xE3069283u]);

    internal const int GoldenRecords = 40;

    internal static LogOptions GoldenOptions { get; } = new()
    {
        Seed = 12345,
        RecordBytesMax = 512,
        GroupBytesMax = 700,
        CongestedBytes = 700,
        SegmentBytes = 1024,
        FreeBytesReserve = 0,
    };

    internal static string GoldenRecord(int i) => $"record {i}: " + new string('x', i);

    /// <summary>
    /// How the files of the newest format came to be; run by hand with GARAM_GOLDEN set to a folder when a format is added.
    /// </summary>
    [Fact]
    public async Task Golden_files_can_be_written()
    {
        using var temporary = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable("GARAM_GOLDEN") ?? temporary.Path;
        await using var log = DurableLog.Open(folder, GoldenOptions, Storage.FileLogStorage.Instance, new ManualTime(), flushThread: false);
        for (var i = 0; i < GoldenRecords; i++)
        {
            log.Append(Encoding.UTF8.GetBytes("record "), Encoding.UTF8.GetBytes(GoldenRecord(i)[7..]));
            if (i % 4 == 3) log.FlushOnce().ShouldBeTrue();
        }
        log.SetCheckpoint("pipeline", new LogPosition(17));
        log.Segments.Snapshot.Length.ShouldBe(2);
    }
}

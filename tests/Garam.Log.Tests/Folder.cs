using Garam.Log.Segments;

namespace Garam.Log.Tests;

public sealed class Folder
{
    [Fact]
    public async Task A_second_opening_is_refused_and_says_who_has_it()
    {
        using var folder = new TemporaryFolder();
        await using (DurableLog.Open(folder.Path, Appending_and_reading.SmallOptions))
        {
            var refused = Should.Throw<LogLockedException>(() => DurableLog.Open(folder.Path, Appending_and_reading.SmallOptions));
            refused.Message.ShouldContain($"process {Environment.ProcessId}");
        }
        await DurableLog.Open(folder.Path, Appending_and_reading.SmallOptions).DisposeAsync();
    }

    [Fact]
    public void A_newer_format_is_refused_and_nothing_is_touched()
    {
        using var folder = new TemporaryFolder();
        var meta = new byte[LogMeta.Bytes];
        new LogMeta(7).Write(meta);
        meta[8] = 2;
        var path = Path.Combine(folder.Path, "log.meta");
        File.WriteAllBytes(path, meta);

        var refused = Should.Throw<LogVersionException>(() => DurableLog.Open(folder.Path, Appending_and_reading.SmallOptions));
        refused.Found.ShouldBe(2);
        refused.Known.ShouldBe(1);
        File.ReadAllBytes(path).ShouldBe(meta);
        Directory.EnumerateFiles(folder.Path).Select(name => Path.GetFileName(name)).Order().ShouldBe(["log.lock", "log.meta"]);
    }

    [Fact]
    public void All_wrong_options_are_named_together()
    {
        var options = new LogOptions { SegmentBytes = 1, RecordBytesMax = 0, CongestedBytes = 0, GroupDelayMax = TimeSpan.FromHours(1), RetainBytes = 0 };
        var refused = Should.Throw<ArgumentException>(() => DurableLog.Open("unused", options));
        foreach (var name in new[] { "SegmentBytes", "RecordBytesMax", "CongestedBytes", "GroupDelayMax", "RetainBytes" }) refused.Message.ShouldContain($"{name} is ");
        Directory.Exists("unused").ShouldBeFalse();
    }

    [Fact]
    public void The_defaults_are_usable() => new LogOptions().Validate().ShouldBeEmpty();

    [Fact]
    public async Task A_closed_log_takes_no_more_disk_than_its_records()
    {
        using var folder = new TemporaryFolder();
        await using (var log = DurableLog.Open(folder.Path, new LogOptions { FreeBytesReserve = 0 }))
        {
            log.Append(default, new byte[100]);
            await log.WaitDurableAsync(LogPosition.Zero, SimulatedLog.Limit);
            new FileInfo(Path.Combine(folder.Path, "0000000000000000000.seg")).Length.ShouldBe(64 + (32 << 20));
        }
        new FileInfo(Path.Combine(folder.Path, "0000000000000000000.seg")).Length.ShouldBe(64 + 116);
    }
}

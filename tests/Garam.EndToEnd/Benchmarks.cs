namespace Garam.EndToEnd;

/// <summary>The benchmarks run, small: what they measure is right even where how fast it was says nothing.</summary>
public sealed class Benchmarks
{
    [Fact]
    public async Task Every_alarm_comes_on_the_event_stream()
    {
        using var folder = new TemporaryFolder();

        var result = await Command.GaramAsync(
            ["bench", "alarms", "--rate", "200", "--rules", "6", "--alarms", "20", "--for", "2s", "--warm-up", "1s", "--folder", folder["."]]);

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("40 of 40 alarms");
        Directory.GetFileSystemEntries(folder["."]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rules_are_measured_beside_ingest_without_them()
    {
        using var folder = new TemporaryFolder();

        var result = await Command.GaramAsync(
            ["bench", "rules", "--rules", "6", "--connections", "4", "--runs", "1", "--for", "1s", "--warm-up", "1s", "--folder", folder["."], "--json", folder["figures.json"]]);

        result.ExitCode.ShouldBe(0, result.ToString());
        var report = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(folder["figures.json"])).RootElement;
        report.GetProperty("ratio").GetDouble().ShouldBeGreaterThan(0);
        report.GetProperty("runs").EnumerateArray().ShouldAllBe(run => run.GetProperty("ledger").GetProperty("stored").GetInt64() > 0);
    }

    [Fact]
    public async Task A_window_takes_less_than_2_KB()
    {
        using var folder = new TemporaryFolder();

        var result = await Command.GaramAsync(["bench", "windows", "--devices", "400", "--json", folder["figures.json"]]);

        result.ExitCode.ShouldBe(0, result.ToString());
        var report = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(folder["figures.json"])).RootElement;
        report.GetProperty("bytesPerWindow").GetDouble().ShouldBeInRange(1_000, 2_048);
        report.GetProperty("estimatedBytes").GetDouble().ShouldBe(report.GetProperty("heapBytes").GetDouble(), report.GetProperty("heapBytes").GetDouble() * 0.1);
    }
}

using Garam.TimeSeries.Storage;

namespace Garam.TimeSeries.Tests.Storage;

public sealed class Damage_and_faults : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("block")]
    [InlineData("rollup")]
    public void A_damaged_row_is_told_and_skipped_and_the_rest_is_read(string table)
    {
        Fill(20_000);
        Sql($"UPDATE {table} SET data = zeroblob(length(data)) WHERE id = (SELECT id FROM {table} ORDER BY id LIMIT 1 OFFSET 3)");
        var damaged = new List<DamagedData>();
        using var store = StoreTesting.Open(directory.Path, damaged.Add);
        var group = store.FindGroup("device")!;
        var samples = store.Raw(group, "t").Length;
        using var minutes = store.Query(group, new SeriesQuery("t", UtcTime.MinUs, UtcTime.MaxUs, QueryStep.Of(TimeSpan.FromMinutes(1))));
        damaged.ShouldContain(new DamagedData("device", table));
        samples.ShouldBe(table == "block" ? 20_000 - 1024 : 20_000);
        minutes.Count.ShouldBeGreaterThan(500);
        store.Statistics.DamagedBlobs.ShouldBe(damaged.Count);
    }

    [Fact]
    public void A_late_sample_into_a_damaged_block_is_kept()
    {
        Fill(20_000);
        Sql("UPDATE block SET data = zeroblob(100) WHERE id = 4");
        using var store = StoreTesting.Open(directory.Path);
        var group = store.FindGroup("device")!;
        var late = StoreTesting.Start + 3 * 1024 * 5_000_000L + 1;
        group.Append(late, "t", 77).ShouldBe(AppendOutcome.Stored);
        store.Commit();
        store.Raw(group, "t").ShouldContain((late, 77));
    }

    [Fact]
    public void A_damaged_open_block_does_not_stop_the_series()
    {
        Fill(500);
        Sql("UPDATE open_block SET data = x'0102030405'");
        var damaged = new List<DamagedData>();
        using var store = StoreTesting.Open(directory.Path, damaged.Add);
        var group = store.FindGroup("device")!;
        group.Append(StoreTesting.Start + UtcTime.DayUs, "t", 5).ShouldBe(AppendOutcome.Stored);
        store.Commit();
        var left = store.Raw(group, "t");
        left[^1].ShouldBe((StoreTesting.Start + UtcTime.DayUs, 5.0));
        left.Length.ShouldBe(257, "two closed pieces of 128 rows, and the new sample");
        damaged.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_newer_schema_is_refused_and_left_alone()
    {
        Fill(10);
        Sql("PRAGMA user_version = 99");
        var refused = Should.Throw<NewerSchemaException>(() => StoreTesting.Open(directory.Path));
        (refused.Found, refused.Supported).ShouldBe((99, 1));
    }

    [Fact]
    public void What_is_no_database_is_refused()
    {
        File.WriteAllText(Path.Combine(directory.Path, "telemetry.db"), new string('x', 5000));
        Should.Throw<TimeSeriesStorageException>(() => StoreTesting.Open(directory.Path));
    }

    [Fact]
    public void A_second_process_is_refused()
    {
        using var first = StoreTesting.Open(directory.Path);
        Should.Throw<TimeSeriesStorageException>(() => StoreTesting.Open(directory.Path));
    }

    [Fact]
    public void A_full_disk_fails_the_commit_and_loses_nothing()
    {
        using (var store = StoreTesting.Open(directory.Path))
        {
            var group = store.Group("device");
            Append(group, 0, 3000);
            store.Commit("one");
            var pages = store.Database.QueryInt64("PRAGMA page_count");
            store.Database.Execute($"PRAGMA max_page_count = {pages}");
            Append(group, 3000, 6000);
            group.Append(StoreTesting.Start + 1, "t", 1);
            Should.Throw<TimeSeriesStorageException>(() => store.Commit("two")).IsDiskFull.ShouldBeTrue();
            group.Append(StoreTesting.Start + 2, "t", 2);
            store.Raw(group, "t").Length.ShouldBe(6002);
            store.Database.Execute("PRAGMA max_page_count = 1000000");
            store.Commit("three");
            store.Raw(group, "t").Length.ShouldBe(6002);
        }

        using var reopened = StoreTesting.Open(directory.Path);
        reopened.Token().ShouldBe("three");
        reopened.Raw(reopened.Group("device"), "t").Length.ShouldBe(6002);
    }

    [Fact]
    public void A_failed_commit_leaves_the_one_before()
    {
        using (var store = StoreTesting.Open(directory.Path))
        {
            Append(store.Group("device"), 0, 3000);
            store.Commit("one");
            Append(store.Group("device"), 3000, 6000);
            store.Database.Execute($"PRAGMA max_page_count = {store.Database.QueryInt64("PRAGMA page_count")}");
            Should.Throw<TimeSeriesStorageException>(() => store.Commit("two"));
        }

        using var reopened = StoreTesting.Open(directory.Path);
        reopened.Token().ShouldBe("one");
        reopened.Raw(reopened.Group("device"), "t").Length.ShouldBe(3000);
    }

    public void Dispose() => directory.Dispose();

    private void Fill(int count)
    {
        using var store = StoreTesting.Open(directory.Path);
        Append(store.Group("device"), 0, count);
        store.Commit();
    }

    private static void Append(SeriesGroup group, int from, int to)
    {
        for (var i = from; i < to; i++) group.Append(StoreTesting.Start + i * 5_000_000L, "t", i % 100 / 10.0);
    }

    private void Sql(string sql)
    {
        using var database = SqliteDatabase.Open(StoreFiles.DatabasePath(directory.Path));
        database.Execute(sql);
    }
}

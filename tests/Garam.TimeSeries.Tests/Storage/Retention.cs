namespace Garam.TimeSeries.Tests.Storage;

public sealed class Retention : IDisposable
{
    private static readonly RetentionPolicy Short = new(TimeSpan.FromDays(2), TimeSpan.FromDays(4), TimeSpan.FromDays(6), null);

    private readonly TemporaryDirectory directory = new();
    private readonly TimeSeriesStore store;

    public Retention() => store = TimeSeriesStore.Open(new TimeSeriesOptions
    {
        Directory = directory.Path,
        Retention = RetentionPolicy.Forever,
        RetentionClasses = new Dictionary<string, RetentionPolicy> { ["short"] = Short },
    });

    public static TheoryData<long> Periods => [5 * UtcTime.SecondUs, UtcTime.MinuteUs];

    [Theory]
    [MemberData(nameof(Periods))]
    public void Each_level_goes_at_its_own_limit(long periodUs)
    {
        var group = Filled("device", periodUs, days: 10);
        Sweep(day: 10);

        store.Raw(group, "t")[0].Time.ShouldBeInRange(StoreTesting.Start + 7 * UtcTime.DayUs, StoreTesting.Start + 8 * UtcTime.DayUs);
        FirstBucket(group, UtcTime.MinuteUs).ShouldBeInRange(StoreTesting.Start + 5 * UtcTime.DayUs, StoreTesting.Start + 6 * UtcTime.DayUs);
        FirstBucket(group, UtcTime.HourUs).ShouldBeInRange(StoreTesting.Start, StoreTesting.Start + 4 * UtcTime.DayUs);
        FirstBucket(group, UtcTime.DayUs).ShouldBe(StoreTesting.Start);
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public void Rollups_are_the_same_after_their_samples_are_gone(long periodUs)
    {
        var group = Filled("device", periodUs, days: 5);
        var before = Buckets(group, UtcTime.MinuteUs);
        Sweep(day: 5);
        var from = before.FindIndex(b => b.Time >= StoreTesting.Start + 2 * UtcTime.DayUs);
        Buckets(group, UtcTime.MinuteUs).Where(b => b.Time >= before[from].Time).ShouldBe(before[from..]);
    }

    [Fact]
    public void A_sample_older_than_what_was_deleted_is_refused()
    {
        var group = Filled("device", UtcTime.MinuteUs, days: 6);
        Sweep(day: 6);
        var days = Buckets(group, UtcTime.DayUs);
        group.Append(StoreTesting.Start + UtcTime.HourUs + 1, "t", 1e6).ShouldBe(AppendOutcome.Expired);
        store.Commit();
        Buckets(group, UtcTime.DayUs).ShouldBe(days);
        group.Append(StoreTesting.Start + 5 * UtcTime.DayUs + 1, "t", 1e6).ShouldBe(AppendOutcome.Stored);
        store.Commit();
        Buckets(group, UtcTime.DayUs)[5].Count.ShouldBe(days[5].Count + 1);
    }

    [Fact]
    public void A_device_that_fell_silent_loses_its_samples_too_but_not_its_newest_value()
    {
        var group = store.Group("silent");
        store.SetRetentionClass(group, "short");
        for (var i = 0; i < 10; i++) group.Append(StoreTesting.Start + i, "t", i);
        store.Commit();
        Sweep(day: 5);
        store.Commit();
        Sweep(day: 5);
        store.Raw(group, "t").ShouldBeEmpty();
        Buckets(group, UtcTime.DayUs).Single().Count.ShouldBe(10);
        var newest = new List<NewestValue>();
        group.CopyNewest(newest);
        newest.Single().Value.ShouldBe(9);
    }

    [Fact]
    public void Groups_of_another_class_are_left_alone()
    {
        var group = Filled("kept", UtcTime.MinuteUs, days: 5, retentionClass: "");
        Sweep(day: 9);
        store.Raw(group, "t").Length.ShouldBe(5 * 1440);
    }

    public void Dispose()
    {
        store.Dispose();
        directory.Dispose();
    }

    private SeriesGroup Filled(string key, long periodUs, int days, string retentionClass = "short")
    {
        var group = store.Group(key);
        store.SetRetentionClass(group, retentionClass);
        var series = group.Series("t");
        var count = days * UtcTime.DayUs / periodUs;
        for (var i = 0; i < count; i++)
        {
            group.Append(StoreTesting.Start + i * periodUs, [new SeriesSample(series, i % 100 / 10.0)]);
            if (i % 5000 == 4999) store.Commit();
        }

        store.Commit();
        return group;
    }

    private void Sweep(int day)
    {
        var now = UtcTime.ToDateTimeOffset(StoreTesting.Start + day * UtcTime.DayUs);
        for (var i = 0; !store.ApplyRetention(now, rowsMax: 7).IsDone; i++) i.ShouldBeLessThan(10_000);
    }

    private long FirstBucket(SeriesGroup group, long step) => Buckets(group, step)[0].Time;

    private List<(long Time, double Average, double Count)> Buckets(SeriesGroup group, long step)
    {
        var query = new SeriesQuery("t", UtcTime.MinUs, UtcTime.MaxUs, QueryStep.Of(TimeSpan.FromMicroseconds(step))) { Aggregates = Aggregates.Average | Aggregates.Count };
        using var result = store.Query(group, query);
        var buckets = new List<(long, double, double)>();
        for (var i = 0; i < result.Count; i++) buckets.Add((result.Times[i], result.Values[i], result[Aggregates.Count][i]));
        return buckets;
    }
}

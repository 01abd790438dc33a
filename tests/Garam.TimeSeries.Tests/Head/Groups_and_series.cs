namespace Garam.TimeSeries.Tests.Head;

public sealed class Groups_and_series : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private TimeSeriesStore store;

    public Groups_and_series() => store = StoreTesting.Open(directory.Path);

    [Fact]
    public void A_repeated_reading_with_another_log_position_is_a_duplicate_and_keeps_the_first_position()
    {
        var group = store.Group("device");
        var (t, position) = (group.Series("t"), group.Series("position", SeriesKind.Integer));
        AppendOutcome Send(double value, long at) =>
            group.Append(StoreTesting.Start, [new SeriesSample(t, value), new SeriesSample(position, at, SampleFlags.Provenance)]);

        Send(25.5, 100).ShouldBe(AppendOutcome.Stored);
        Send(25.5, 200).ShouldBe(AppendOutcome.Duplicate);
        store.Raw(group, "position").Single().Value.ShouldBe(100);
        Send(26, 300).ShouldBe(AppendOutcome.Replaced);
        store.Raw(group, "position").Single().Value.ShouldBe(300);
    }

    [Fact]
    public void A_late_duplicate_in_a_closed_block_is_recognised()
    {
        var group = store.Group("device");
        for (var i = 0; i < 5000; i++) group.Append(StoreTesting.Start + i * 1000, "t", i);
        store.Commit();
        group.Append(StoreTesting.Start + 10_000, "t", 10).ShouldBe(AppendOutcome.Duplicate);
        group.Append(StoreTesting.Start + 10_000, "t", 11).ShouldBe(AppendOutcome.Replaced);
        group.Append(StoreTesting.Start + 10_000, "t", 11).ShouldBe(AppendOutcome.Duplicate);
        group.Append(StoreTesting.Start + 10_001, "t", 11).ShouldBe(AppendOutcome.Stored);
    }

    [Fact]
    public void The_reserved_bits_of_an_absent_cell_become_an_ordinary_nan()
    {
        var group = store.Group("device");
        group.Append(StoreTesting.Start, "t", BitConverter.Int64BitsToDouble(0x7FF8_4741_5241_4D00));
        store.Raw(group, "t").Single().Value.ShouldBe(double.NaN);
    }

    [Fact]
    public void Limits_are_kept()
    {
        store.Dispose();
        store = TimeSeriesStore.Open(new TimeSeriesOptions { Directory = directory.Path, GroupsMax = 2, SeriesPerGroupMax = 3, NameBytesMax = 10, TextBytesMax = 5 });
        var group = store.Group("a");
        store.TryGroup("b", out _).ShouldBeTrue();
        store.TryGroup("c", out _).ShouldBeFalse();
        Should.Throw<SeriesLimitException>(() => store.Group("c"));
        group.Series("1").ShouldBe(0);
        group.Series("a name too long").ShouldBe(SeriesGroup.NoSeries);
        group.AppendText("state", 1, "toolong").ShouldBe(TextOutcome.Refused);
        group.AppendText("state", 1, "ok").ShouldBe(TextOutcome.Changed);
        group.Series("2").ShouldBe(1);
        group.Series("3").ShouldBe(SeriesGroup.NoSeries);
        group.Series("2").ShouldBe(1);
    }

    [Fact]
    public void A_deleted_group_is_gone_and_its_key_is_free()
    {
        var group = store.Group("device");
        for (var i = 0; i < 3000; i++) group.Append(StoreTesting.Start + i, "t", i);
        group.AppendText("state", StoreTesting.Start, "on");
        store.Commit();
        store.DeleteGroup("device").ShouldBeTrue();
        group.Append(StoreTesting.Start, "t", 1).ShouldBe(AppendOutcome.GroupDeleted);
        store.Commit();
        store.Group("device").Append(StoreTesting.Start, "t", 1).ShouldBe(AppendOutcome.Stored);
        store.Commit();
        Reopen();
        store.Raw(store.Group("device"), "t").Length.ShouldBe(1);
        store.TextEvents(store.Group("device"), "state", 0, long.MaxValue).ShouldBeEmpty();
    }

    [Fact]
    public void A_text_is_an_event_when_it_changes_in_whatever_order_it_comes()
    {
        var group = store.Group("device");
        void Send(long at, string text) => group.AppendText("state", StoreTesting.Start + at, text);
        string Events() => string.Join(' ', store.TextEvents(group, "state", 0, long.MaxValue).Select(e => $"{e.TimeUs - StoreTesting.Start}:{e.Value}"));

        Send(10, "off");
        Send(20, "off");
        Send(30, "on");
        Events().ShouldBe("10:off 30:on");
        store.Commit();
        Events().ShouldBe("10:off 30:on");
        Send(25, "on");
        Send(5, "off");
        Events().ShouldBe("5:off 25:on");
        store.Commit();
        Events().ShouldBe("5:off 25:on");
        Reopen();
        group = store.Group("device");
        Events().ShouldBe("5:off 25:on");
        var newest = new List<NewestText>();
        group.CopyNewestTexts(newest);
        newest.ShouldBe([new NewestText("state", StoreTesting.Start + 30, "on")]);
    }

    [Fact]
    public void Newest_values_and_kinds_survive_a_restart_without_reading_samples()
    {
        var group = store.Group("device");
        group.Series("open", SeriesKind.Boolean);
        group.Append(StoreTesting.Start, "open", 1, SampleFlags.Suspect);
        group.Append(StoreTesting.Start + 5, "t", 25.5);
        store.Commit("here");
        Reopen();
        store.Token().ShouldBe("here");
        var newest = new List<NewestValue>();
        store.Group("device").CopyNewest(newest);
        newest.ShouldBe(
            [new NewestValue("open", SeriesKind.Boolean, StoreTesting.Start, 1, true), new NewestValue("t", SeriesKind.Number, StoreTesting.Start + 5, 25.5, false)],
            ignoreOrder: true);
    }

    [Fact]
    public void An_idle_track_leaves_the_memory_and_comes_back()
    {
        var idle = store.Group("idle");
        for (var i = 0; i < 1000; i++) idle.Append(StoreTesting.Start + i * 1000, "t", i);
        store.Commit();
        for (var i = 0; i < 40; i++)
        {
            store.Group("busy").Append(StoreTesting.Start + i, "t", i);
            store.Commit();
        }

        idle.Tracks[0].IsLoaded.ShouldBeFalse();
        store.Raw(idle, "t").Length.ShouldBe(1000);
        idle.Append(StoreTesting.Start + 500_000, "t", 500).ShouldBe(AppendOutcome.Duplicate);
        idle.Append(StoreTesting.Start + 1_000_000, "t", 1).ShouldBe(AppendOutcome.Stored);
        store.Raw(idle, "t").Length.ShouldBe(1001);
        store.Commit();
        store.Raw(idle, "t").Length.ShouldBe(1001);
    }

    [Fact]
    public void Description_counts_samples_of_each_series()
    {
        var group = store.Group("device");
        for (var i = 0; i < 2000; i++) group.Append(StoreTesting.Start + i * 1000, i % 2 == 0 ? "a" : "b", i);
        store.Commit();
        store.Describe(group).Select(s => (s.Name, s.Samples)).ShouldBe([("a", 1000), ("b", 1000)]);
    }

    [Fact]
    public void Automatic_step_gives_about_the_points_asked_for()
    {
        var group = store.Group("device");
        for (var i = 0; i < 50_000; i++) group.Append(StoreTesting.Start + i * 5_000_000L, "t", i % 10);
        store.Commit();
        using var all = store.Query(group, new SeriesQuery("t", StoreTesting.Start, StoreTesting.Start + 50_000 * 5_000_000L, QueryStep.Auto) { PointsMax = 500 });
        (all.StepUs, all.Count).ShouldBe((10 * UtcTime.MinuteUs, 417));
        using var few = store.Query(group, new SeriesQuery("t", StoreTesting.Start, StoreTesting.Start + UtcTime.HourUs, QueryStep.Auto) { PointsMax = 500 });
        (few.StepUs, few.Count).ShouldBe((0, 500));
    }

    [Fact]
    public void Appending_allocates_nothing_in_steady_state()
    {
        var group = store.Group("device");
        var samples = Enumerable.Range(0, 8).Select(i => new SeriesSample(group.Series($"m{i}"), i / 10.0)).ToArray();
        var time = StoreTesting.Start;
        long allocated = 0;
        for (var round = 0; round < 6; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 2000; i++) group.Append(time += 1_000_000, samples);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            store.Commit();
        }

        allocated.ShouldBe(0);
    }

    public void Dispose()
    {
        store.Dispose();
        directory.Dispose();
    }

    private void Reopen()
    {
        store.Dispose();
        store = StoreTesting.Open(directory.Path);
    }
}

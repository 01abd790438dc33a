using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Board;
using Garam.Packs.Fire.Dashboard;
using Garam.Packs.Fire.Risk;
using Garam.Platform;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Garam.TimeSeries;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Packs.Tests.Fire;

/// <summary>The detectors as pages show them, from the registry and the samples of a real node.</summary>
public sealed class The_board : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garam-board-").FullName;
    private readonly BoardTime _time = new();
    private readonly MessageRates _rates = new();
    private GaramNode _node = null!;
    private FireBoard _board = null!;

    private long NowUs => TimeParameter.ToUs(_time.GetUtcNow());

    public ValueTask InitializeAsync()
    {
        var options = new GaramOptions { Data = _folder, Log = new LogStoreOptions { ReserveMegabytes = 0 } };
        _node = GaramNode.Open(options, [], PackCode.None, TimeProvider.System, NullLoggerFactory.Instance);
        _board = new FireBoard(_node.Registry, _node.Packs, _node.Store, new SiteAnalysis(_node.Registry, _node.Store, _time), _rates, _time);
        foreach (var (site, customer) in new[] { ("north", "anna"), ("south", "ben") })
            _node.Registry.Put(new Site(site, customer, null));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_worst_stand_first_and_the_silent_last()
    {
        Place("calm", "north", 0.05);
        Place("hot", "north", 0.9);
        Place("gone", "north", 0.95, ago: TimeSpan.FromMinutes(6));
        Place("never", "north", double.NaN);

        var board = _board.Overview(AccessScope.Everything);

        board.Detectors.Select(d => d.Id).ShouldBe(["hot", "calm", "gone", "never"]);
        board.Levels.ShouldBe([1, 0, 0, 0, 1], "of the active ones: NORMAL, LOW, MEDIUM, HIGH, CRITICAL");
        (board.Active, board.IsHealthy).ShouldBe((2, false));
        board.AverageRisk.ShouldBe(0.475, 1e-9);
    }

    [Theory]
    [InlineData(0.71, 0, ClusterRisk.Cluster)]
    [InlineData(0.7, 0, ClusterRisk.Elevated)]
    [InlineData(0.71, 121, ClusterRisk.Elevated)]
    [InlineData(0.71, 119, ClusterRisk.Cluster)]
    [InlineData(0.1, 0, ClusterRisk.Elevated)]
    public void Two_of_a_site_above_the_limit_within_two_minutes_are_a_cluster(double second, int secondsAgo, string expected)
    {
        Place("one", "north", 0.8);
        Place("two", "north", second, ago: TimeSpan.FromSeconds(secondsAgo));
        Place("elsewhere", "south", 0.99);

        var building = _board.Find(AccessScope.Everything, "north").ShouldNotBeNull();

        building.Cluster!.Level.ShouldBe(expected);
        building.Detectors.Where(building.IsInCluster).Select(d => d.Id).ShouldBe(expected == ClusterRisk.Cluster ? ["one", "two"] : []);
    }

    [Fact]
    public void Detectors_without_a_site_are_no_cluster()
    {
        Place("one", null, 0.9);
        Place("two", null, 0.9);

        _board.Find(AccessScope.Everything, "").ShouldNotBeNull().Cluster.ShouldBeNull();
    }

    [Fact]
    public void A_customer_sees_the_own_detectors_in_totals_and_lists()
    {
        Place("hers", "north", 0.9);
        Place("his", "south", 0.9);
        Place("nobodys", null, 0.9);
        var anna = AccessScope.Of("anna", _node.Registry);

        _board.Overview(anna).Detectors.Select(d => d.Id).ShouldBe(["hers"]);
        _board.Overview(anna).Levels.Sum().ShouldBe(1);
        _board.Find(anna, "south").ShouldBeNull();
        _board.Hour(anna).Devices.Keys.ShouldBe(["hers"]);
        _board.Hour(anna, "south").Devices.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_put_together_once_a_second_and_what_has_not_changed_is_the_same_object()
    {
        Place("one", "north", 0.2);
        Place("two", "south", 0.3);
        var before = _board.Overview(AccessScope.Everything);
        Say("one", 0.9);

        _board.Overview(AccessScope.Everything).ShouldBeSameAs(before);
        _time.Advance(TimeSpan.FromSeconds(1));
        var after = _board.Overview(AccessScope.Everything);
        after.Detectors[0].ShouldNotBeSameAs(before.Detectors.Single(d => d.Id == "one"));
        after.Detectors[1].ShouldBeSameAs(before.Detectors.Single(d => d.Id == "two"));
        after.Buildings.Single(b => b.Site == "south").ShouldBeSameAs(before.Buildings.Single(b => b.Site == "south"));
        _time.Advance(TimeSpan.FromSeconds(1));
        _board.Overview(AccessScope.Everything).ShouldBeSameAs(after);
        _time.Advance(TimeSpan.FromMinutes(6));
        _board.Overview(AccessScope.Everything).Active.ShouldBe(0, "silence is a change too");
    }

    [Fact]
    public void The_trend_is_that_of_the_newest_twenty_readings()
    {
        Place("rising", "north", double.NaN);
        Place("few", "north", double.NaN);
        for (var i = 0; i < 40; i++)
            Say("rising", i < 20 ? 0.9 - (0.03 * i) : 0.3 + (0.03 * (i - 20)), ago: TimeSpan.FromSeconds(40 - i), celsius: 30);
        for (var i = 0; i < 9; i++)
            Say("few", 0.1 * i, ago: TimeSpan.FromSeconds(9 - i));

        _board.Overview(AccessScope.Everything).Detectors.ToDictionary(d => d.Id, d => d.Trend)
            .ShouldBe(new Dictionary<string, RiskTrend> { ["rising"] = RiskTrend.Rising, ["few"] = RiskTrend.Unknown }, ignoreOrder: true);
    }

    [Fact]
    public void The_hour_knows_of_each_minute_what_the_cluster_was()
    {
        Place("one", "north", double.NaN);
        Place("two", "north", double.NaN);
        foreach (var (device, minutesAgo, risk) in new[] { ("one", 10, 0.8), ("two", 10, 0.9), ("one", 9, 0.8), ("one", 8, 0.1), ("two", 8, 0.1) })
            Say(device, risk, ago: TimeSpan.FromMinutes(minutesAgo));

        var hour = _board.Hour(AccessScope.Everything, "north");

        hour.Clusters.Skip(RiskMinutes.Count - 12).ShouldBe([null, ClusterRisk.Cluster, ClusterRisk.Elevated, ClusterRisk.Normal, .. new string?[8]]);
        hour.Average[RiskMinutes.Count - 11].ShouldBe(0.85, 1e-9);
        hour.Worst[RiskMinutes.Count - 11].ShouldBe(0.9);
        hour.Devices["two"][RiskMinutes.Count - 10].ShouldBe(double.NaN);
    }

    private void Place(string device, string? site, double risk, TimeSpan ago = default)
    {
        DeviceId.TryParse(device, out var id, out _).ShouldBeTrue();
        _node.Registry.Put(id, d => d with { ProductId = FireMetric.Product, SiteId = site });
        if (!double.IsNaN(risk))
            Say(device, risk, ago);
    }

    private void Say(string device, double risk, TimeSpan ago = default, double celsius = 30)
    {
        var group = _node.Store.Group(device);
        group.Append(
            NowUs - (ago.Ticks / TimeSpan.TicksPerMicrosecond),
            [
                new SeriesSample(group.Series(FireMetric.Status), 0), new SeriesSample(group.Series(FireMetric.Temperature), celsius),
                new SeriesSample(group.Series(FireMetric.Score), risk),
            ]);
    }
}

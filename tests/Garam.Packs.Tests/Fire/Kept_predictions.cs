using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Predictions;
using Garam.Platform;
using Garam.Platform.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Packs.Tests.Fire;

/// <summary>What of the analyses is kept, in the records of a real node.</summary>
public sealed class Kept_predictions : IAsyncLifetime
{
    private const long Minute = 60_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("garam-predictions-").FullName;
    private GaramNode _node = null!;
    private PredictionJournal _journal = null!;

    public ValueTask InitializeAsync()
    {
        var options = new GaramOptions { Data = _folder, Log = new LogStoreOptions { ReserveMegabytes = 0 } };
        _node = GaramNode.Open(options, [], PackCode.None, TimeProvider.System, NullLoggerFactory.Instance);
        _journal = new PredictionJournal(_node.PackRecords);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_risk_from_medium_on_is_kept_every_five_minutes_and_a_lower_one_is_not()
    {
        Keep(0, 0.39).ShouldBe(0);
        Keep(1, 0.4).ShouldBe(1);
        Keep(2, 0.5).ShouldBe(0);
        Keep(6, 0.5).ShouldBe(1);
        Keep(12, 0.3).ShouldBe(0);
    }

    [Fact]
    public void A_change_of_whether_action_is_required_is_kept_at_once()
    {
        Keep(0, 0.5).ShouldBe(1);
        Keep(1, 0.6).ShouldBe(1);
        Keep(2, 0.6).ShouldBe(0);
        Keep(3, 0.1).ShouldBe(1);
    }

    [Fact]
    public void Kept_ones_come_newest_first_and_go_after_seven_days()
    {
        Keep(0, 0.5);
        Keep(10, 0.7);
        var kept = _journal.List("d1", 0, long.MaxValue, 10);

        kept.Select(p => p.GetProperty("risk_score").GetDouble()).ShouldBe([0.7, 0.5]);
        kept[0].GetProperty("action_required").GetBoolean().ShouldBeTrue();
        kept[0].GetProperty("pattern_analysis").GetProperty("trend").GetString().ShouldBe("INSUFFICIENT_DATA");
        _journal.Expire(DateTimeOffset.UnixEpoch.AddDays(7).AddMinutes(5)).ShouldBe(1);
        _journal.List("d1", 0, long.MaxValue, 10).Count.ShouldBe(1);
    }

    private int Keep(int minute, double risk)
    {
        var sample = new FireSample(minute * Minute, 30, risk, 0, 5, 220, 5, 50, 0.95, 1.045, 1, 0, 0);
        return _journal.Keep([DeviceAnalysis.Of("d1", [sample], [], minute * Minute)], minute * Minute);
    }
}

using Garam.TimeSeries;

namespace Garam.Platform.Tests.Detection;

/// <summary>What is usual at an hour of the day and of the week, from the hourly means of the stored past.</summary>
public sealed class Seasonal_rules
{
    private const long HourUs = 3_600_000_000;
    private const string Odd = "  - {id: odd, type: anomaly, detector: seasonal, metric: t, limit: 4, minimum: 3, severity: medium}\n";

    [Fact]
    public void A_value_usual_at_noon_is_odd_at_another_hour()
    {
        using var bed = new RuleBed(Odd);
        // Five weeks: 50 at the hour of the test's now, 20 at every other; a little noise, or nothing would ever vary.
        Past(bed, days: 35, (hour, noise) => (hour % 24 == NowHour % 24 ? 50 : 20) + noise);
        bed.Send(0, "\"t\":50.3");
        bed.Said().ShouldBeEmpty();
        bed.Send(2 * 3600, "\"t\":50.3");
        bed.Said().ShouldBe(["raise odd d1 at 7200s"]);
        bed.Send((2 * 3600) + 60, "\"t\":20.2");
        bed.Said().ShouldBe(["clear odd d1 at 7260s"]);
    }

    [Fact]
    public void A_value_usual_on_this_weekday_is_not_odd_because_other_days_differ()
    {
        using var bed = new RuleBed(Odd.Replace("limit: 4", "limit: 2", StringComparison.Ordinal));
        Past(bed, days: 35, (hour, noise) => (hour / 24 % 7 == NowHour / 24 % 7 ? 50 : 20) + noise);
        bed.Send(0, "\"t\":50.3");
        bed.Said().ShouldBeEmpty();
        bed.Send(60, "\"t\":60");
        bed.Said().ShouldBe(["raise odd d1 at 60s"]);
    }

    [Fact]
    public void Too_little_past_says_nothing()
    {
        using var bed = new RuleBed(Odd);
        Past(bed, days: 2, (_, noise) => 20 + noise);
        bed.Send(0, "\"t\":500");
        bed.Said().ShouldBeEmpty();
    }

    private static long NowHour => FlowBed.NowUs / HourUs;

    private static void Past(RuleBed bed, int days, Func<long, double, double> value)
    {
        var group = bed.Flow.Store.Group("d1");
        var series = group.Series("t");
        var noise = new Random(7);
        for (var hour = NowHour - (days * 24); hour < NowHour; hour++)
        {
            for (var minute = 0; minute < 60; minute += 20)
                group.Append((hour * HourUs) + (minute * 60_000_000L), [new SeriesSample(series, value(hour, noise.NextDouble() - 0.5))]);
        }
    }
}

using Garam.Platform.Alarms;
using Garam.Platform.Notifications;

namespace Garam.Platform.Tests.Notifications;

/// <summary>What is written with an alarm, and what is not.</summary>
public sealed class Outbox_rows
{
    private static NotificationOptions Options(Action<NotificationRouteOptions>? change = null) =>
        NoticeBed.To(new NotificationChannelOptions { Name = "hook", Type = "webhook", Url = "http://127.0.0.1:1/" }, change);

    [Fact]
    public async Task Rows_are_there_exactly_when_the_alarms_transaction_is()
    {
        await using var bed = new NoticeBed(Options());
        using (var connection = bed.Database.Connect())
        {
            using var undone = connection.BeginTransaction();
            bed.Outbox.Add(connection, undone, [bed.Event(bed.Alarm())]);
            undone.Rollback();
        }

        bed.Rows().ShouldBeEmpty();
        bed.Raise();

        var row = bed.Rows().ShouldHaveSingleItem();
        (row.Route, row.Channel, row.Change, row.Severity, row.State).ShouldBe(("all", "hook", AlarmChange.Raised, Severity.Critical, NotificationState.Waiting));
    }

    [Fact]
    public async Task The_same_change_added_twice_is_told_once()
    {
        await using var bed = new NoticeBed(Options());
        var raised = bed.Event(bed.Alarm());

        bed.Add(raised);
        bed.Add(raised);

        bed.Rows().Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_restart_ids_go_on_and_the_same_change_is_still_told_once()
    {
        await using var bed = new NoticeBed(Options());
        var raised = bed.Event(bed.Alarm());
        bed.Add(raised);
        await bed.CrashAsync();

        bed.Add(raised, bed.Event(bed.Alarm("d-2")));

        bed.Rows().Select(r => r.DeviceId).ShouldBe(["d-2", "d-1"]);
    }

    [Fact]
    public async Task Nobody_is_told_of_what_is_only_logged_or_shelved_or_flaps()
    {
        await using var bed = new NoticeBed(Options());

        bed.Add(
            bed.Event(bed.Alarm(change: a => a with { FollowUp = FollowUp.Queue })), bed.Event(bed.Alarm(change: a => a with { IsShelved = true })),
            bed.Event(bed.Alarm(change: a => a with { IsFlapping = true }), AlarmChange.Reopened));

        bed.Rows().ShouldBeEmpty();
    }

    [Fact]
    public async Task Changes_are_told_as_the_route_says()
    {
        await using var bed = new NoticeBed(Options(r => r.On.Add("resolved")));
        var alarm = bed.Alarm();

        bed.Add(bed.Event(alarm), bed.Event(alarm with { Revision = 2 }, AlarmChange.Cleared), bed.Event(alarm with { Revision = 3 }, AlarmChange.Resolved, "kim"));

        bed.Rows().ShouldHaveSingleItem().Change.ShouldBe(AlarmChange.Resolved);
    }

    [Theory]
    [InlineData("customer", 1)]
    [InlineData("other-customer", 0)]
    public async Task A_route_of_a_customer_tells_that_customers_alarms(string customer, int told)
    {
        await using var bed = new NoticeBed(Options(r => r.Customers.Add("customer")));

        bed.Add(bed.Event(bed.Alarm(change: a => a with { CustomerId = customer })), bed.Event(bed.Alarm(change: a => a with { CustomerId = null })));

        bed.Rows().Count.ShouldBe(told);
    }

    [Fact]
    public async Task Every_condition_of_a_route_must_fit()
    {
        await using var bed = new NoticeBed(Options(r =>
        {
            r.Sites.Add("seoul");
            r.Products.Add("fire-detector");
            r.Severities.Add("high");
            r.Severities.Add("critical");
            r.Rulesets.Add("fire");
            r.Rules.Add("overheating");
        }));
        Alarm Fits(Func<Alarm, Alarm> change) => bed.Alarm(change: a => change(a with { SiteId = "seoul" }));

        bed.Add(
            bed.Event(Fits(a => a)), bed.Event(Fits(a => a with { SiteId = "busan" })), bed.Event(Fits(a => a with { ProductId = "plug" })),
            bed.Event(Fits(a => a with { Severity = Severity.Medium })), bed.Event(Fits(a => a with { Key = a.Key with { Ruleset = "home" } })),
            bed.Event(Fits(a => a with { Key = a.Key with { Rule = "arc" } })));

        bed.Rows().Count.ShouldBe(1);
    }

    // 2026-03-01 is a Sunday.
    [Theory]
    [InlineData("mon", "08:00-18:00", "2026-03-02T08:00:00+09:00", true)]
    [InlineData("mon", "08:00-18:00", "2026-03-02T17:59:59+09:00", true)]
    [InlineData("mon", "08:00-18:00", "2026-03-02T18:00:00+09:00", false)]
    [InlineData("mon", "08:00-18:00", "2026-03-01T12:00:00+09:00", false)]
    [InlineData("sun", "22:00-06:00", "2026-03-01T23:00:00+09:00", true)]
    [InlineData("sun", "22:00-06:00", "2026-03-02T05:59:00+09:00", true)]
    [InlineData("sun", "22:00-06:00", "2026-03-01T05:00:00+09:00", false)]
    [InlineData("sun", "22:00-06:00", "2026-03-01T12:00:00+09:00", false)]
    [InlineData("sun", "", "2026-02-28T16:00:00Z", true)]
    [InlineData("sun", "18:00-24:00", "2026-03-01T23:59:00+09:00", true)]
    public async Task Days_and_hours_are_those_of_the_routes_time_zone(string day, string hours, string at, bool isTold)
    {
        await using var bed = new NoticeBed(Options(r =>
        {
            r.Days.Add(day);
            r.Hours = hours;
            r.TimeZone = "Asia/Seoul";
        }));

        bed.Add(bed.Event(bed.Alarm()) with { AtUs = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000 });

        bed.Rows().Count.ShouldBe(isTold ? 1 : 0);
    }

    [Fact]
    public async Task An_alarm_comes_back_from_the_outbox_as_it_was()
    {
        await using var bed = new NoticeBed(Options());
        var alarm = bed.Alarm(change: a => a with { SiteId = "서울", Worst = double.NaN, Devices = ["a", "b"], ClearedUs = 5, Verdict = AlarmVerdict.Confirmed });
        bed.Add(bed.Event(alarm, by: "kim"));

        var stored = bed.Outbox.Store.Events([bed.Rows()[0].EventId]).Values.Single();

        (stored.By, stored.Alarm.ToString()).ShouldBe(("kim", (alarm with { Texts = stored.Alarm.Texts, Snapshot = stored.Alarm.Snapshot, Devices = stored.Alarm.Devices }).ToString()));
        stored.Alarm.Snapshot.ShouldBe(alarm.Snapshot);
        stored.Alarm.Devices.ShouldBe(alarm.Devices);
        stored.Alarm.Texts.AdviceKo.ShouldBe(alarm.Texts.AdviceKo);
    }

    [Fact]
    public async Task What_was_settled_long_ago_goes_and_ids_are_not_given_again()
    {
        await using var bed = new NoticeBed(Options());
        bed.Raise("d-1");
        bed.Raise("d-2");
        foreach (var row in bed.Rows())
            new SendQueue(bed.Database, "hook").Sent(row.Id, null, bed.NowUs);

        bed.Outbox.Prune(bed.Time.GetUtcNow().AddDays(1)).ShouldBe(1);
        await bed.CrashAsync();
        bed.Raise("d-3");

        bed.Rows().Select(r => (r.Id, r.DeviceId)).ShouldBe([(3, "d-3"), (2, "d-2")]);
    }
}

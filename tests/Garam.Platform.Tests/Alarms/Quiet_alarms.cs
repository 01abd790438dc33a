using Garam.Platform.Alarms;
using Garam.Platform.Alarms.Quiet;

namespace Garam.Platform.Tests.Alarms;

/// <summary>Shelvings and maintenance windows: alarms are recorded, nobody is told, and what lasts longer is told then.</summary>
public sealed class Quiet_alarms : IAsyncDisposable
{
    private readonly CountingAction _action = new();
    private readonly AlarmBed _bed;

    public Quiet_alarms()
    {
        _bed = new AlarmBed(null, _action);
        _bed.Registry.Put(new Site("seoul-1", "acme", null));
        _bed.Registry.Put(DeviceId.Trusted("a"), d => d with { SiteId = "seoul-1" });
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_shelved_alarm_is_recorded_and_told_when_the_shelving_ends_and_it_still_lasts()
    {
        await ShelveAsync(rule: "hot");
        await _bed.TakeAsync(AlarmBed.Raise(1), AlarmBed.Raise(2, "b"), AlarmBed.Clear(3, "b"), AlarmBed.Raise(4, rule: "cold"));

        _bed.Told.Where(e => e.Change == AlarmChange.Raised).ShouldHaveSingleItem().Alarm.Key.Rule.ShouldBe("cold");
        _bed.History(1).ShouldBe(["raised", "shelved"]);
        _bed.Alarm(1).IsShelved.ShouldBeTrue();
        _bed.Told.Clear();
        await _bed.PassAsync(TimeSpan.FromHours(1));

        var told = _bed.Told.ShouldHaveSingleItem();
        (told.Change, told.Alarm.Id, told.Alarm.IsShelved).ShouldBe((AlarmChange.Raised, 1, false));
        _bed.History(1).ShouldBe(["raised", "shelved", "unshelved"]);
        _bed.Desk.Quiet.Shelvings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shelving_that_is_removed_ends_at_once()
    {
        var shelving = await ShelveAsync(device: "a");
        await _bed.TakeAsync(AlarmBed.Raise(1));
        await _bed.Desk.EndQuietAsync(shelving.Id, Until.Token);

        _bed.Told.ShouldHaveSingleItem().Change.ShouldBe(AlarmChange.Raised);
    }

    [Fact]
    public async Task An_alarm_that_was_told_already_is_shelved_too_and_an_acknowledged_one_is_not_told_again()
    {
        await _bed.TakeAsync(AlarmBed.Raise(1));
        await _bed.OrderAsync(AlarmOrderKind.Acknowledge);
        var shelving = await ShelveAsync(site: "seoul-1");
        await _bed.Desk.EndQuietAsync(shelving.Id, Until.Token);

        _bed.Told.Select(e => e.Change).ShouldBe([AlarmChange.Raised, AlarmChange.Acknowledged, AlarmChange.Shelved]);
        _bed.History().ShouldBe(["raised", "acknowledged", "shelved", "unshelved"]);
    }

    [Fact]
    public async Task A_shelved_alarm_asks_for_its_action_only_when_it_is_told()
    {
        await ShelveAsync(device: "a");
        await _bed.TakeAsync(AlarmBed.Raise(1));
        Waiting().ShouldBe(0);
        await _bed.PassAsync(TimeSpan.FromHours(1));
        Waiting().ShouldBe(1);
    }

    [Fact]
    public async Task A_shelving_that_ended_while_the_program_was_down_is_told_after_the_start()
    {
        await ShelveAsync(device: "a");
        await _bed.TakeAsync(AlarmBed.Raise(1));
        await _bed.RestartAsync(after: TimeSpan.FromHours(2));
        await _bed.PassAsync(TimeSpan.FromSeconds(1));

        _bed.Told.ShouldHaveSingleItem().Change.ShouldBe(AlarmChange.Raised);
    }

    [Fact]
    public async Task A_maintenance_window_covers_a_customers_devices_from_its_begin_to_its_end()
    {
        var from = ManualTime.StartUs + Minutes(10);
        await _bed.Desk.AddAsync(
            new MaintenanceWindow(0, null, null, "acme", null, from, from + Minutes(30), null, null, null, null, "filters", "kim", 0), Until.Token);
        await _bed.TakeAsync(AlarmBed.Raise(1));
        _bed.Told.Count.ShouldBe(1);

        await _bed.PassAsync(TimeSpan.FromMinutes(10));
        _bed.Alarm().IsShelved.ShouldBeTrue("the window has begun");
        await _bed.TakeAsync(AlarmBed.Raise(2, rule: "cold"), AlarmBed.Raise(3, "foreign"));
        _bed.Told.Select(e => (e.Change, e.Alarm.Id)).Skip(1).ShouldBe([(AlarmChange.Shelved, 1), (AlarmChange.Raised, 3)]);

        await _bed.PassAsync(TimeSpan.FromMinutes(30));
        _bed.Told.Skip(3).Select(e => (e.Change, e.Alarm.Id)).ShouldBe([(AlarmChange.Raised, 1), (AlarmChange.Raised, 2)], ignoreOrder: true);
        _bed.Desk.Quiet.Windows.ShouldBeEmpty("it is over");
    }

    [Fact]
    public async Task A_weekly_window_follows_the_hours_of_its_time_zone()
    {
        // The clock begins on Sunday 2026-03-01 at 10:00 UTC, which is 19:00 in Seoul.
        await _bed.Desk.AddAsync(
            new MaintenanceWindow(0, "a", null, null, null, null, null, "sun", "22:00", "06:00", "Asia/Seoul", "night shift", "kim", 0), Until.Token);
        await _bed.TakeAsync(AlarmBed.Raise(1));

        await _bed.PassAsync(TimeSpan.FromHours(3));
        _bed.Alarm().IsShelved.ShouldBeTrue("22:00 on Sunday");
        await _bed.PassAsync(TimeSpan.FromHours(7));
        _bed.Alarm().IsShelved.ShouldBeTrue("05:00 on Monday");
        await _bed.PassAsync(TimeSpan.FromHours(1));
        _bed.Alarm().IsShelved.ShouldBeFalse("06:00 on Monday");
        await _bed.RestartAsync();
        await _bed.PassAsync(TimeSpan.FromHours(16));
        _bed.Alarm().IsShelved.ShouldBeFalse("22:00 on Monday");
        _bed.Desk.Quiet.Windows.ShouldHaveSingleItem();
    }

    private static long Minutes(int minutes) => minutes * 60_000_000L;

    private async Task<Shelving> ShelveAsync(string? rule = null, string? device = null, string? site = null) =>
        (await _bed.Desk.AddAsync(new Shelving(0, null, rule, device, site, ManualTime.StartUs + Minutes(60), "known", "kim", 0), Until.Token))!;

    private long Waiting()
    {
        using var connection = _bed.Database.Connect();
        return Dapper.SqlMapper.ExecuteScalar<long>(connection, "SELECT COUNT(*) FROM alarm_actions");
    }
}

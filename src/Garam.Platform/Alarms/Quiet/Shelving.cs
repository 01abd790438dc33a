namespace Garam.Platform.Alarms.Quiet;

/// <summary>Alarms that nobody is told of for a time, because somebody knows of them. What is null covers all; something is given.</summary>
/// <param name="Id">From 1, rising, shared with maintenance windows.</param>
/// <param name="UntilUs">When it ends, Unix microseconds of the platform's clock.</param>
/// <param name="By">Who made it.</param>
public sealed record Shelving(
    long Id, string? Ruleset, string? Rule, string? DeviceId, string? SiteId, long UntilUs, string Reason, string By, long MadeUs)
{
    internal bool Covers(LiveAlarm alarm, long atUs) =>
        atUs < UntilUs && (Ruleset is null || Ruleset == alarm.Key.Ruleset) && (Rule is null || Rule == alarm.Key.Rule)
        && (DeviceId is null || DeviceId == alarm.DeviceId) && (SiteId is null || SiteId == alarm.SiteId);
}

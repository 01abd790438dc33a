using Garam.Platform.Notifications;

namespace Garam.Platform.Alarms.Quiet;

/// <summary>
/// A time in which people work on devices: their alarms are recorded, and nobody is told. Either once, from a moment to another, or weekly.
/// What is null covers all; a device, site, customer or product is given.
/// </summary>
/// <param name="Id">From 1, rising, shared with shelvings.</param>
/// <param name="FromUs">Begin, Unix microseconds; null for a weekly one.</param>
/// <param name="ToUs">End; null for a weekly one.</param>
/// <param name="Days"><c>mon</c> to <c>sun</c>, separated by commas; null is every day. For a weekly one.</param>
/// <param name="Start">Time of day that a weekly one begins, as <c>22:00</c>; null for one that is once.</param>
/// <param name="End">Time of day that it ends; earlier than the start is the next day.</param>
/// <param name="TimeZone">Whose days and hours: an IANA name; null is UTC.</param>
public sealed record MaintenanceWindow(
    long Id, string? DeviceId, string? SiteId, string? CustomerId, string? ProductId, long? FromUs, long? ToUs, string? Days, string? Start,
    string? End, string? TimeZone, string Reason, string By, long MadeUs)
{
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly WeeklyHours? _hours = Start is null ? null : Hours(Days, Start, End!, TimeZone);

    /// <summary>Whether it is one of now.</summary>
    public bool IsActive(long atUs) => _hours is null ? atUs >= FromUs && atUs < ToUs : _hours.Covers(atUs);

    /// <summary>Whether it will never be active again.</summary>
    public bool IsOver(long atUs) => _hours is null && atUs >= ToUs;

    /// <summary>What is wrong with the weekly part; empty when nothing.</summary>
    internal static string Problem(string? days, string? start, string? end, string? timeZone)
    {
        if (!WeeklyHours.TryParse($"{start}-{end}", out _, out _))
            return "weekly: start and end must be times of day such as 22:00 and 06:00.";
        if (days is not null && days.Split(',').FirstOrDefault(d => !DayNames.Contains(d)) is { } day)
            return $"weekly.days: '{day}' is none of {string.Join(", ", DayNames)}.";
        return timeZone is null || TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _)
            ? ""
            : $"weekly.timeZone: there is no time zone '{timeZone}'. Write an IANA name such as Asia/Seoul.";
    }

    internal bool Covers(LiveAlarm alarm, long atUs) =>
        (DeviceId is null || DeviceId == alarm.DeviceId) && (SiteId is null || SiteId == alarm.SiteId)
        && (CustomerId is null || CustomerId == alarm.CustomerId) && (ProductId is null || ProductId == alarm.ProductId) && IsActive(atUs);

    private static WeeklyHours Hours(string? days, string start, string end, string? timeZone)
    {
        if (!WeeklyHours.TryParse($"{start}-{end}", out var from, out var to))
            throw new FormatException($"'{start}-{end}' was not checked");
        // A zone that the system has lost since it was checked: better an hour off than an alarm desk that does not start.
        var zone = timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        return new WeeklyHours(days?.Split(',').Select(d => (DayOfWeek)Array.IndexOf(DayNames, d)).ToHashSet(), from, to, zone);
    }
}

using Garam.Platform.Rest;

namespace Garam.Platform.Alarms.Quiet;

/// <summary>A maintenance window as REST takes it: <c>from</c> and <c>to</c>, or <c>weekly</c>.</summary>
internal sealed record MaintenanceBody(
    string? DeviceId, string? SiteId, string? CustomerId, string? ProductId, string? From, string? To, WeeklyBody? Weekly, string? Reason)
{
    /// <summary>The window, without number; null with what is wrong.</summary>
    public MaintenanceWindow? Read(DateTimeOffset now, string by, out string problem)
    {
        if (DeviceId is null && SiteId is null && CustomerId is null && ProductId is null)
            problem = "Say whose alarms: deviceId, siteId, customerId, productId, or several of them.";
        else if (new[] { DeviceId, SiteId, CustomerId, ProductId }.Any(p => p is "" or { Length: > 128 }))
            problem = "deviceId, siteId, customerId and productId have 1 to 128 characters.";
        else if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > 1_000)
            problem = "reason must say why, in at most 1000 characters.";
        else if (Weekly is null == (From is null && To is null))
            problem = "Say when: from and to, or weekly.";
        else if (Weekly is not null)
            return ReadWeekly(Weekly, by, out problem);
        else
            return ReadOnce(now, by, out problem);
        return null;
    }

    private MaintenanceWindow? ReadOnce(DateTimeOffset now, string by, out string problem)
    {
        problem = "";
        if (!TimeParameter.TryParse(From ?? "now", now, out var fromUs))
            problem = $"from: '{From}' is no time. Write 2026-03-01T10:00:00Z.";
        else if (To is null || !TimeParameter.TryParse(To, now, out var toUs))
            problem = $"to: '{To}' is no time. Write 2026-03-01T10:00:00Z.";
        else if (fromUs >= toUs || toUs <= TimeParameter.ToUs(now))
            problem = "to must lie behind from, and in the future.";
        else
            return new MaintenanceWindow(0, DeviceId, SiteId, CustomerId, ProductId, fromUs, toUs, null, null, null, null, Reason!, by, 0);
        return null;
    }

    private MaintenanceWindow? ReadWeekly(WeeklyBody weekly, string by, out string problem)
    {
        var days = weekly.Days is { Count: > 0 and <= 7 } ? string.Join(',', weekly.Days) : null;
        problem = weekly.Days is { Count: > 7 } ? "weekly.days has more than seven." : MaintenanceWindow.Problem(days, weekly.Start, weekly.End, weekly.TimeZone);
        return problem.Length > 0
            ? null
            : new MaintenanceWindow(0, DeviceId, SiteId, CustomerId, ProductId, null, null, days, weekly.Start, weekly.End, weekly.TimeZone, Reason!, by, 0);
    }
}

namespace Garam.Platform.Alarms.Quiet;

/// <summary>The weekly part of a maintenance window: <c>{"days":["sat","sun"],"start":"22:00","end":"06:00","timeZone":"Asia/Seoul"}</c>.</summary>
internal sealed record WeeklyBody(IReadOnlyList<string>? Days, string? Start, string? End, string? TimeZone);

using Garam.Platform.Rest;

namespace Garam.Platform.Alarms.Quiet;

/// <summary>A shelving as REST takes it.</summary>
/// <param name="Until">When it ends: a time.</param>
/// <param name="For">Or how long it is: <c>2h</c>.</param>
internal sealed record ShelvingBody(string? Ruleset, string? Rule, string? DeviceId, string? SiteId, string? Until, string? For, string? Reason)
{
    /// <summary>The shelving, without number; null with what is wrong.</summary>
    public Shelving? Read(DateTimeOffset now, string by, out string problem)
    {
        problem = "";
        var nowUs = TimeParameter.ToUs(now);
        long untilUs = 0;
        if (Ruleset is null && Rule is null && DeviceId is null && SiteId is null)
            problem = "Say what to shelve: ruleset, rule, deviceId, siteId, or several of them.";
        else if (new[] { Ruleset, Rule, DeviceId, SiteId }.Any(p => p is "" or { Length: > 128 }))
            problem = "ruleset, rule, deviceId and siteId have 1 to 128 characters.";
        else if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > 1_000)
            problem = "reason must say why, in at most 1000 characters.";
        else if (Until is null == For is null)
            problem = "Say when it ends: until as a time, or for as a duration such as 2h.";
        else if (For is not null && Configuration.DurationText.TryParse(For, out var length))
            untilUs = nowUs + (length.Ticks / TimeSpan.TicksPerMicrosecond);
        else if (For is not null || !TimeParameter.TryParse(Until!, now, out untilUs))
            problem = For is null ? $"until: '{Until}' is no time. Write 2026-03-01T10:00:00Z." : $"for: '{For}' is no duration. Write 30m, 2h or 7d.";
        if (problem.Length == 0 && untilUs <= nowUs)
            problem = "It would be over already.";
        return problem.Length > 0 ? null : new Shelving(0, Ruleset, Rule, DeviceId, SiteId, untilUs, Reason!, by, 0);
    }
}

using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications;

/// <summary>Which changes of which alarms are told where. Immutable; made from checked options by <see cref="NotificationPlan"/>.</summary>
internal sealed record NotificationRoute
{
    public required string Name { get; init; }

    /// <summary>Each set: null fits everything.</summary>
    public IReadOnlySet<string>? Customers { get; init; }

    public IReadOnlySet<string>? Sites { get; init; }

    public IReadOnlySet<string>? Products { get; init; }

    public IReadOnlySet<string>? Rulesets { get; init; }

    public IReadOnlySet<string>? Rules { get; init; }

    public IReadOnlySet<Severity>? Severities { get; init; }

    public required IReadOnlySet<AlarmChange> On { get; init; }

    /// <summary>When it applies; null is always.</summary>
    public WeeklyHours? Hours { get; init; }

    public required string Language { get; init; }

    /// <summary>In which times are written.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public required IReadOnlyList<NotificationTarget> Targets { get; init; }

    /// <summary>In order of their time.</summary>
    public IReadOnlyList<EscalationStep> Steps { get; init; } = [];

    /// <summary>Whether alarms like this one are its concern, at this time (Unix microseconds).</summary>
    public bool Covers(Alarm alarm, long atUs) =>
        Fits(Customers, alarm.CustomerId) && Fits(Sites, alarm.SiteId) && Fits(Products, alarm.ProductId) && Fits(Rulesets, alarm.Key.Ruleset)
        && Fits(Rules, alarm.Key.Rule) && Severities?.Contains(alarm.Severity) != false && Hours?.Covers(atUs) != false;

    private static bool Fits(IReadOnlySet<string>? wanted, string? value) => wanted is null || (value is not null && wanted.Contains(value));
}

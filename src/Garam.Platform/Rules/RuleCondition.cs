using Garam.Platform.Alarms;

namespace Garam.Platform.Rules;

/// <summary>The part of a rule that an override may change. In an override, null leaves the rule's own.</summary>
public sealed record RuleCondition
{
    /// <summary>Holds while there is an alarm; null for sequences, absences, silences and seasonal anomalies.</summary>
    public RuleText? When { get; init; }

    /// <summary>How long it must hold before it is an alarm, in event time.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Ends the alarm; null ends it when <see cref="When"/> holds no more.</summary>
    public RuleText? Clear { get; init; }

    /// <summary>How far the value must come back before the alarm ends: an alternative to <see cref="Clear"/> for one comparison.</summary>
    public double? Hysteresis { get; init; }

    public Severity? Severity { get; init; }

    public RuleText? MessageEn { get; init; }

    public RuleText? MessageKo { get; init; }

    public bool? Enabled { get; init; }
}

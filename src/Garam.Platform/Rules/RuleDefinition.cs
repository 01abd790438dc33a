using Garam.Platform.Alarms;

namespace Garam.Platform.Rules;

/// <summary>A rule as its file says it, checked in form but not yet against a product.</summary>
public sealed record RuleDefinition
{
    /// <summary>Unique in the ruleset: letters, digits, <c>-</c>, <c>_</c>.</summary>
    public required string Id { get; init; }

    public required RuleType Type { get; init; }

    /// <summary>Where it stands in the file, from 1.</summary>
    public required int Line { get; init; }

    public string? TitleEn { get; init; }

    public string? TitleKo { get; init; }

    /// <summary>Its condition; <see cref="RuleCondition.Severity"/> is given.</summary>
    public required RuleCondition Condition { get; init; }

    public IReadOnlyList<RuleOverride> Overrides { get; init; } = [];

    /// <summary>What follows; null takes the severity's.</summary>
    public FollowUp? FollowUp { get; init; }

    /// <summary>Name of the composer and form of its texts; null takes the messages.</summary>
    public string? Texts { get; init; }

    /// <summary>Advice, each a sentence.</summary>
    public IReadOnlyList<string> AdviceEn { get; init; } = [];

    public IReadOnlyList<string> AdviceKo { get; init; } = [];

    /// <summary>The value people are shown and whose worst is kept; null takes the left side of the condition's first comparison.</summary>
    public RuleText? Value { get; init; }

    /// <summary>Correlation: the devices looked at together; null is each for itself.</summary>
    public RuleScope? Across { get; init; }

    /// <summary>Correlation: how close together things must happen.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Correlation: each must follow the one before within <see cref="Within"/>; empty for other rules.</summary>
    public IReadOnlyList<RuleText> Sequence { get; init; } = [];

    /// <summary>Correlation: what must be followed by <see cref="Absent"/> within <see cref="Within"/>, else there is an alarm.</summary>
    public RuleText? After { get; init; }

    public RuleText? Absent { get; init; }

    /// <summary>Anomaly: the device has sent nothing for this long.</summary>
    public TimeSpan? Silence { get; init; }

    public Seasonal? Seasonal { get; init; }

    /// <summary>Predictive: the model whose outputs the condition names.</summary>
    public string? Model { get; init; }
}

using Garam.Platform.Alarms;
using Garam.Platform.Rules;

namespace Garam.Platform.Detection;

/// <summary>A rule as it judges one device: with the condition that its overrides give it, and the group it belongs to.</summary>
internal sealed class JudgedRule(CompiledRule rule, CompiledCondition condition, string? arm, AlarmKey key, RuleGroup? group)
{
    public CompiledRule Rule { get; } = rule;

    public CompiledCondition Condition { get; } = condition;

    public string? Arm { get; } = arm;

    public AlarmKey Key { get; } = key;

    /// <summary>Null for a rule that judges each device for itself.</summary>
    public RuleGroup? Group { get; } = group;

    public SeasonalProfile? Seasonal { get; init; }

    /// <summary>Metrics whose readings it looks at; empty for all.</summary>
    public SlotMask Mentioned { get; } = rule.Kind switch
    {
        RuleKind.Sequence => SlotMask.Of(rule.Sequence.Select(s => s.Mentioned).Append(condition.Mentioned)),
        RuleKind.Absence => SlotMask.Of([rule.After!.Mentioned, rule.Absent!.Mentioned, condition.Mentioned]),
        RuleKind.Silence => SlotMask.Of([]),
        _ => condition.Mentioned,
    };
}

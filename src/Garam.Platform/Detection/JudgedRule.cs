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

    /// <summary>Whether both begin to hold for the same reasons, so that what one remembers is true of the other.</summary>
    public bool SaysTheSameAs(JudgedRule other) =>
        Rule.Kind == other.Rule.Kind
        && Rule.WithinUs == other.Rule.WithinUs
        && Condition.ForUs == other.Condition.ForUs
        && Condition.When?.Source.Text == other.Condition.When?.Source.Text
        && Rule.Definition.Sequence.Select(s => s.Text).SequenceEqual(other.Rule.Definition.Sequence.Select(s => s.Text))
        && Rule.Definition.After?.Text == other.Rule.Definition.After?.Text
        && Rule.Definition.Absent?.Text == other.Rule.Definition.Absent?.Text
        && Rule.Definition.Seasonal == other.Rule.Definition.Seasonal
        && Rule.Definition.Model == other.Rule.Definition.Model;
}

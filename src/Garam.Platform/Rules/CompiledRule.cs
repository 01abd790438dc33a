using Garam.Expressions;
using Garam.Platform.Alarms;

namespace Garam.Platform.Rules;

/// <summary>A rule bound to the metrics of a product. Immutable; shared by all lanes and devices.</summary>
public sealed class CompiledRule
{
    internal CompiledRule(RuleDefinition definition, string ruleset, int version, CompiledCondition condition)
    {
        Condition = condition;
        Definition = definition;
        Ruleset = ruleset;
        Version = version;
    }

    public RuleDefinition Definition { get; }

    /// <summary>Id of its ruleset.</summary>
    public string Ruleset { get; }

    /// <summary>Version of its ruleset.</summary>
    public int Version { get; }

    /// <summary>Whether it waits for a model that is not installed: it judges nothing then.</summary>
    public bool IsWaiting { get; internal init; }

    internal RuleKind Kind { get; init; }

    internal CompiledCondition Condition { get; }

    internal IReadOnlyList<(RuleOverride Override, CompiledCondition Condition)> Overrides { get; init; } = [];

    internal IReadOnlyList<CompiledStep> Sequence { get; init; } = [];

    internal CompiledStep? After { get; init; }

    internal CompiledStep? Absent { get; init; }

    internal PeerPlan? Peers { get; init; }

    internal long WithinUs => (Definition.Within ?? TimeSpan.Zero).Ticks / TimeSpan.TicksPerMicrosecond;

    internal long SilenceUs => (Definition.Silence ?? TimeSpan.Zero).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>How much of the past its state reaches back over, windows left out.</summary>
    internal TimeSpan Reach =>
        Kind switch
        {
            RuleKind.Sequence => (Definition.Within ?? TimeSpan.Zero) * Definition.Sequence.Count,
            RuleKind.Absence => Definition.Within ?? TimeSpan.Zero,
            _ when Peers is not null => Definition.Within ?? TimeSpan.Zero,
            _ => TimeSpan.FromMicroseconds(Overrides.Select(o => o.Condition.ForUs).Append(Condition.ForUs).Max()),
        };

    internal AlarmKey KeyOf(string subject) => new(Ruleset, Definition.Id, subject);

    /// <summary>The condition for a device: the most particular override that fits, else the rule's own.</summary>
    internal CompiledCondition ConditionFor(string deviceId, string? site, string? customer)
    {
        CompiledCondition? bySite = null;
        CompiledCondition? byCustomer = null;
        foreach (var (scope, condition) in Overrides)
        {
            if (scope.Device is not null && scope.Device == deviceId)
                return condition;
            if (scope.Site is not null && scope.Site == site)
                bySite ??= condition;
            if (scope.Customer is not null && scope.Customer == customer)
                byCustomer ??= condition;
        }

        return bySite ?? byCustomer ?? Condition;
    }
}

using Garam.Expressions;
using Garam.Expressions.Templates;
using Garam.Platform.Alarms;

namespace Garam.Platform.Rules;

/// <summary>A rule's condition for one kind of device: the rule's own, or with an override laid over it.</summary>
internal sealed record CompiledCondition
{
    public required bool Enabled { get; init; }

    public required Severity Severity { get; init; }

    public required FollowUp FollowUp { get; init; }

    /// <summary>How long it must hold, microseconds of event time.</summary>
    public required long ForUs { get; init; }

    public CompiledExpression? When { get; init; }

    /// <summary>A comparison without which <see cref="When"/> cannot hold, by slot; −1 when there is none.</summary>
    public int GuardSlot { get; init; } = -1;

    public bool GuardIsAbove { get; init; }

    public double GuardLimit { get; init; }

    public CompiledExpression? Clear { get; init; }

    /// <summary>What people are shown; null when there is nothing to show.</summary>
    public CompiledExpression? Value { get; init; }

    public string? ValueOf { get; init; }

    public bool LowerIsWorse { get; init; }

    public CompiledMessage? MessageEn { get; init; }

    public CompiledMessage? MessageKo { get; init; }

    /// <summary>Metrics that <see cref="When"/> and <see cref="Clear"/> name: a reading without any of them says nothing about the rule.</summary>
    public required SlotMask Mentioned { get; init; }

    /// <summary>Metrics that <see cref="When"/> reads directly: only a reading with all of them is believed when it says that nothing is wrong.</summary>
    public required SlotMask Required { get; init; }
}

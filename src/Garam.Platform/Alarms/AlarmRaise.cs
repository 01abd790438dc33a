namespace Garam.Platform.Alarms;

/// <summary>A condition began to hold.</summary>
public sealed record AlarmRaise(AlarmKey Key, long Position, long EventUs) : AlarmSignal(Key, Position, EventUs)
{
    /// <summary>The device whose reading raised it; for a rule across devices, the last one that made the condition hold.</summary>
    public required string DeviceId { get; init; }

    public required string ProductId { get; init; }

    /// <summary>Lineage: version of the ruleset.</summary>
    public required int RulesetVersion { get; init; }

    /// <summary>Lineage: version of the product's spec that decoded the reading.</summary>
    public required int SpecVersion { get; init; }

    public required Severity Severity { get; init; }

    public required FollowUp FollowUp { get; init; }

    /// <summary>Arm of an A/B trial: <c>a</c> is the live version, <c>b</c> the one on trial; null outside of one.</summary>
    public string? Arm { get; init; }

    /// <summary>What kind of thing happened, for people and forms: <c>TEMPERATURE_CRITICAL</c>; the rule's id where nothing better is known.</summary>
    public required string Kind { get; init; }

    /// <summary>Message and advice.</summary>
    public required AlarmTexts Texts { get; init; }

    /// <summary>Name of the notification form that renders it; null takes the general one.</summary>
    public string? Form { get; init; }

    /// <summary>When the condition began to hold; earlier than the event by the rule's <c>for</c>.</summary>
    public required long SinceUs { get; init; }

    /// <summary>When the message that raised it was received, Unix microseconds; the raise is visible this much later.</summary>
    public required long ReceivedUs { get; init; }

    /// <summary>The value the rule looks at; NaN when it has none.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>Metric or expression that <see cref="Value"/> is of; null when it has none.</summary>
    public string? ValueOf { get; init; }

    /// <summary>Whether a smaller value is the worse one.</summary>
    public bool LowerIsWorse { get; init; }

    /// <summary>The metrics of the reading, derived ones included.</summary>
    public IReadOnlyList<AlarmReading> Snapshot { get; init; } = [];

    /// <summary>For a rule across devices: those that met the condition; at most 100.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];
}

using Garam.Platform.Identity;

namespace Garam.Platform.Alarms;

/// <summary>Something a person or an action must deal with. Immutable; a change makes a new one with a higher <see cref="Revision"/>.</summary>
public sealed record Alarm
{
    /// <summary>From 1, rising.</summary>
    public required long Id { get; init; }

    public required AlarmKey Key { get; init; }

    public required AlarmState State { get; init; }

    public required string DeviceId { get; init; }

    public required string ProductId { get; init; }

    /// <summary>The device's site and customer when it was raised.</summary>
    public string? SiteId { get; init; }

    public string? CustomerId { get; init; }

    public required Severity Severity { get; init; }

    public required FollowUp FollowUp { get; init; }

    /// <summary>As in <see cref="AlarmRaise.Kind"/>.</summary>
    public required string Kind { get; init; }

    public required AlarmTexts Texts { get; init; }

    public string? Form { get; init; }

    public string? Arm { get; init; }

    public required int RulesetVersion { get; init; }

    public required int SpecVersion { get; init; }

    /// <summary>Log position of the message that raised it: the way back to the bytes. −1 when no message did.</summary>
    public required long RaisedPosition { get; init; }

    /// <summary>Log position of the newest message counted.</summary>
    public required long LastPosition { get; init; }

    /// <summary>When the condition began to hold (event time, Unix microseconds, as all times here).</summary>
    public required long SinceUs { get; init; }

    /// <summary>Event time of the raise.</summary>
    public required long FirstUs { get; init; }

    /// <summary>Event time of the newest reading that met the condition.</summary>
    public required long LastUs { get; init; }

    /// <summary>When the platform raised it, by its own clock.</summary>
    public required long RaisedUs { get; init; }

    /// <summary>Readings that met the condition.</summary>
    public required long Count { get; init; }

    public string? ValueOf { get; init; }

    /// <summary>The value when it was raised; NaN when the rule looks at none.</summary>
    public double Value { get; init; } = double.NaN;

    public double Worst { get; init; } = double.NaN;

    public bool LowerIsWorse { get; init; }

    public IReadOnlyList<AlarmReading> Snapshot { get; init; } = [];

    /// <summary>For a rule across devices: those that met the condition. Shown to others as <see cref="SeenBy"/> has it.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>It came and went so often that it is held open and nobody is told again until it is quiet.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>Raised while its rule or device was shelved or under maintenance: recorded, nobody is told.</summary>
    public bool IsShelved { get; init; }

    public string? AcknowledgedBy { get; init; }

    public long? AcknowledgedUs { get; init; }

    public long? ClearedUs { get; init; }

    public string? ResolvedBy { get; init; }

    public long? ResolvedUs { get; init; }

    public long? ClosedUs { get; init; }

    /// <summary>What people said of it; null while nobody did.</summary>
    public AlarmVerdict? Verdict { get; init; }

    /// <summary>The reason of a dismissal, or the note of a resolution.</summary>
    public string? Note { get; init; }

    /// <summary>Rises with every change but the progress of its figures; a person's change may name the one it was made on.</summary>
    public required int Revision { get; init; }

    /// <summary>As somebody may see it who sees it at all: of <see cref="Devices"/> only those that are seen.</summary>
    public Alarm SeenBy(AccessScope scope) =>
        scope.IsEverything || Devices.All(scope.SeesDevice) ? this : this with { Devices = [.. Devices.Where(scope.SeesDevice)] };
}

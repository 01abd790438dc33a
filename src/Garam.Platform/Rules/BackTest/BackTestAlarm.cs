using Garam.Platform.Alarms;

namespace Garam.Platform.Rules.BackTest;

/// <summary>An alarm that a ruleset would have raised.</summary>
public sealed class BackTestAlarm(string rule, string subject, string deviceId, long raisedUs)
{
    public string Rule { get; } = rule;

    /// <summary>A device's id, or a group as <c>site:seoul-1</c>.</summary>
    public string Subject { get; } = subject;

    /// <summary>The device whose reading raised it.</summary>
    public string DeviceId { get; } = deviceId;

    /// <summary>Event time, Unix microseconds.</summary>
    public long RaisedUs { get; } = raisedUs;

    /// <summary>Event time; null while it lasted to the end of the range.</summary>
    public long? ClearedUs { get; internal set; }

    /// <summary>Readings that met the condition.</summary>
    public long Count { get; internal set; } = 1;

    /// <summary>The worst value; NaN when the rule looks at none.</summary>
    public double Worst { get; internal set; } = double.NaN;

    /// <summary>What raised it; null unless the run was to keep it.</summary>
    internal AlarmRaise? Raise { get; init; }

    /// <summary>What ended it; null while it lasted, and unless the run was to keep it.</summary>
    internal AlarmClear? Clear { get; set; }

    public required string Severity { get; init; }

    /// <summary>In English.</summary>
    public required string Message { get; init; }

    /// <summary>For a rule across devices: those that met the condition.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Whether the other version raised it too.</summary>
    public bool IsShared { get; internal set; }

    /// <summary>What people said of the real alarm it stands for: <c>confirmed</c>, <c>dismissed</c>; null when nothing, or when there was none.</summary>
    public string? Verdict { get; internal set; }
}

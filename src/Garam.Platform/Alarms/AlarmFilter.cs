namespace Garam.Platform.Alarms;

/// <summary>Which alarms to list; null leaves a part out.</summary>
/// <param name="Device">The device that raised it; a rule across devices is found by the last one only.</param>
/// <param name="Text">Part of a device's or rule's name or of the message, in any case.</param>
/// <param name="FromUs">Event time of the raise, inclusive.</param>
/// <param name="ToUs">Exclusive.</param>
/// <param name="QueueOnly">Only what stands in the queue of work.</param>
/// <param name="Before">Only numbers below this: the cursor.</param>
public sealed record AlarmFilter(
    IReadOnlyList<AlarmState>? States = null, IReadOnlyList<Severity>? Severities = null, string? Device = null, string? Site = null,
    string? Customer = null, string? Product = null, string? Ruleset = null, string? Rule = null, string? Arm = null, string? Text = null,
    long? FromUs = null, long? ToUs = null, bool QueueOnly = false, long Before = long.MaxValue);

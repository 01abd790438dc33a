namespace Garam.Platform.Alarms;

/// <summary>Which alarms to list; null leaves a part out.</summary>
/// <param name="Device">The device that raised it, or one that an alarm of a rule across devices lists.</param>
/// <param name="RaisedOnly">Of a device only what it raised itself: for those who may not know what others' alarms it is listed in.</param>
/// <param name="Text">Part of a device's or rule's name or of the message, in any case.</param>
/// <param name="FromUs">Event time of the raise, inclusive.</param>
/// <param name="ToUs">Exclusive.</param>
/// <param name="QueueOnly">Only what stands in the queue of work.</param>
/// <param name="Before">Only numbers below this: the cursor.</param>
public sealed record AlarmFilter(
    IReadOnlyList<AlarmState>? States = null, IReadOnlyList<Severity>? Severities = null, string? Device = null, string? Site = null,
    string? Customer = null, string? Product = null, string? Ruleset = null, string? Rule = null, string? Arm = null, string? Text = null,
    long? FromUs = null, long? ToUs = null, bool QueueOnly = false, bool RaisedOnly = false, long Before = long.MaxValue);

namespace Garam.Platform.Rules;

/// <summary>Alarms of one arm of a trial.</summary>
internal readonly record struct ArmCount(long Raised, long Confirmed, long Dismissed);

namespace Garam.Platform.Replay;

/// <summary>One sample before and after; null where there is none.</summary>
/// <param name="TimeUs">The reading's time, Unix microseconds.</param>
public sealed record ChangeExample(long TimeUs, string? Before, string? After);

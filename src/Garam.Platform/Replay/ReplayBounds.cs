namespace Garam.Platform.Replay;

/// <summary>The log positions that a replay reads, end exclusive.</summary>
/// <param name="IsDryRun">Whether it only says what would change.</param>
internal readonly record struct ReplayBounds(long Start, long End, bool IsDryRun);

namespace Garam.Platform.Replay;

/// <summary>How far a replay is.</summary>
/// <param name="Share">Share of the log's range that has been read, 0 to 1.</param>
/// <param name="Messages">Messages decoded again so far.</param>
/// <param name="Changes">Samples added, changed or removed so far.</param>
public sealed record ReplayProgress(double Share, long Messages, long Changes)
{
    /// <summary>Share of the repaired readings that rules have judged, 0 to 1; 0 before they begin.</summary>
    public double Judged { get; init; }
}

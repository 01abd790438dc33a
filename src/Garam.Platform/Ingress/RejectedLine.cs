namespace Garam.Platform.Ingress;

/// <summary>A line of an NDJSON request that was not taken.</summary>
/// <param name="Line">Counted from 1.</param>
public sealed record RejectedLine(int Line, string Reason);

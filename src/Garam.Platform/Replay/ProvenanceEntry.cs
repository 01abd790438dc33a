namespace Garam.Platform.Replay;

/// <summary>A sample of a provenance series: which message stands behind a reading.</summary>
internal readonly record struct ProvenanceEntry(string Series, long TimeUs, long Position);

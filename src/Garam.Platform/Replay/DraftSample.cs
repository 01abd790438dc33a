using Garam.TimeSeries;

namespace Garam.Platform.Replay;

/// <summary>A sample as today's spec has it.</summary>
/// <param name="Position">The message it comes from.</param>
internal readonly record struct DraftSample(double Value, bool IsSuspect, SeriesKind Kind, long Position);

using System.Text.Json;

namespace Garam.Platform.Telemetry;

/// <summary>A message as it was received, and what its bytes decode to with the spec of today.</summary>
/// <param name="Position">Its position in the raw log.</param>
/// <param name="Channel">Where it came from; empty when the bytes are gone.</param>
/// <param name="ReceivedUs">When, Unix microseconds.</param>
/// <param name="Payload">Its bytes; null when the log's retention has ended them.</param>
/// <param name="Decoded">Readings as <c>{"time":…,"metrics":{…}}</c>; empty when they do not decode.</param>
public sealed record RawReading(long Position, string Channel, long ReceivedUs, byte[]? Payload, IReadOnlyList<JsonElement> Decoded);

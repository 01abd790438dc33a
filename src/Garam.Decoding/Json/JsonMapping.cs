using Garam.Decoding.Values;

namespace Garam.Decoding.Json;

/// <summary>A value of a message and what becomes of it; the first of its sources that a message has, in the message's order, counts.</summary>
internal sealed record JsonMapping(IReadOnlyList<JsonPath> Sources, ValueSpec Value);

namespace Garam.Decoding.Json;

/// <summary>A metric whose name, and perhaps unit, stands in the message.</summary>
internal sealed record NamedMapping(JsonPath Name, JsonPath Value, JsonPath? Unit);

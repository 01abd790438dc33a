namespace Garam.Simulate;

/// <summary>What a simulated device publishes.</summary>
/// <param name="Topic">MQTT topic.</param>
/// <param name="Payload">The bytes; nobody changes them afterwards.</param>
public readonly record struct SimulatedMessage(string Topic, ReadOnlyMemory<byte> Payload);

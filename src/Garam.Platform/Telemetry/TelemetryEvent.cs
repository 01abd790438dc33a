namespace Garam.Platform.Telemetry;

/// <summary>One reading on its way to those who watch: the standard telemetry of the design.</summary>
/// <param name="DeviceTimeUs">The reading's time, Unix microseconds: the device's own where it gave one.</param>
/// <param name="HasDeviceTime">Whether the device gave it.</param>
/// <param name="ReceivedUs">When the platform received it.</param>
public sealed record TelemetryEvent(
    string DeviceId, string ProductId, string? HubId, long DeviceTimeUs, bool HasDeviceTime, long? HubTimeUs, long ReceivedUs,
    IReadOnlyList<MetricValue> Metrics);

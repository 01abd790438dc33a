using Garam.Platform.Streams;

namespace Garam.Platform.Telemetry;

/// <summary>Readings as they are stored.</summary>
public sealed class TelemetryStream() : LiveStream<TelemetryEvent>(QueueMax)
{
    private const int QueueMax = 1_000;

    protected override TelemetryEvent? SeenBy(Watcher<TelemetryEvent> watcher, TelemetryEvent happened) =>
        watcher.Wants(happened.DeviceId) && watcher.Scope.SeesDevice(happened.DeviceId) ? happened : null;
}

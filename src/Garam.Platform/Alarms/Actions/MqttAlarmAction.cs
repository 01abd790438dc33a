using System.Buffers;
using System.Text.Json;
using Garam.Platform.Telemetry;

namespace Garam.Platform.Alarms.Actions;

/// <summary>
/// The action that is always there: publishes the alarm as JSON on <c>actions/{product}/{device}</c> of the built-in broker, where a relay, a
/// gateway or a script subscribes.
/// </summary>
/// <param name="publish">Topic and payload; QoS 1, not retained.</param>
internal sealed class MqttAlarmAction(Action<string, ReadOnlyMemory<byte>> publish) : IAlarmAction
{
    public string Name => "mqtt";

    public bool Wants(Alarm alarm) => true;

    public Task<string> ActAsync(Alarm alarm, CancellationToken cancellation)
    {
        var topic = $"actions/{alarm.ProductId}/{alarm.DeviceId}";
        var payload = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(payload, new JsonWriterOptions { Encoder = TelemetryJson.Encoder }))
            AlarmJson.Write(json, alarm);
        publish(topic, payload.WrittenMemory);
        return Task.FromResult($"published on {topic}");
    }
}

using System.Text;

namespace Garam.EndToEnd;

/// <summary>QoS 1, a window of publishes under way, each with a time of the device's own.</summary>
internal sealed class MqttWriter(string device, DateTimeOffset firstTime) : Writer(device)
{
    private const int Window = 64;

    protected override async Task SendAsync(GaramProcess garam, CancellationToken stop)
    {
        var client = await Mqtt.ConnectAsync(garam.MqttPort, Device);
        try
        {
            var topic = $"devices/{Device}/telemetry";
            await Task.WhenAll(Enumerable.Range(0, Window).Select(async _ =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var number = Next();
                    var payload = $$"""{"seq":{{number}},"ts":{{firstTime.AddMilliseconds(number).ToUnixTimeMilliseconds()}}}""";
                    await client.PublishAsync(topic, Encoding.UTF8.GetBytes(payload), cancellation: stop).AsTask().WaitAsync(stop);
                    Acknowledge(number);
                }
            }));
        }
        finally
        {
            await client.AbortAsync();
        }
    }
}

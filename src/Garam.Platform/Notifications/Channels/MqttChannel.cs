using Garam.Mqtt.Broker;
using Garam.Mqtt.Client;
using Garam.Mqtt.Packets;

namespace Garam.Platform.Notifications.Channels;

/// <summary>Publishes on <c>alerts/{product}/{device}</c> of the built-in broker, QoS 1; digests on <c>alerts/digest</c>.</summary>
internal sealed class MqttChannel(MqttBroker broker) : INotificationChannel
{
    /// <summary>User property with the message's key.</summary>
    public const string KeyProperty = "idempotency-key";

    public string Name => NotificationPlan.MqttName;

    public string Type => "mqtt";

    public string Target => "alerts/{product}/{device}";

    public Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        var topic = message.Event is { Alarm: var alarm } ? $"alerts/{Level(alarm.ProductId)}/{Level(alarm.DeviceId)}" : message.Digest is null ? "alerts/test" : "alerts/digest";
        var properties = new MessageProperties
        {
            IsUtf8Payload = true,
            ContentType = "application/json",
            UserProperties = [new(KeyProperty, message.Key)],
        };
        broker.Publish(topic, NotificationJson.Write(message), QualityOfService.AtLeastOnce, retain: false, properties);
        return Task.FromResult(SendResult.Sent);
    }

    // Device ids hold none of these; a product's name might.
    private static string Level(string name) => name.Replace('/', '-').Replace('+', '-').Replace('#', '-');
}

using System.Globalization;
using System.Text;
using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Broker;

/// <summary>The broker's figures as retained messages below <c>$SYS/broker</c>, under the names Mosquitto made usual.</summary>
internal sealed class SysTopics(MqttBroker broker)
{
    private readonly long startedAt = broker.Time.GetTimestamp();
    private long lastPublished = broker.Time.GetTimestamp();
    private long lastReceived;
    private long lastSent;

    public void PublishWhenDue(long timestamp)
    {
        var interval = broker.Options.SysInterval;
        var passed = broker.Time.GetElapsedTime(lastPublished, timestamp);
        if (interval <= TimeSpan.Zero || passed < interval)
            return;
        lastPublished = timestamp;
        Publish(timestamp, passed.TotalMinutes);
    }

    public void Publish(long timestamp, double minutes)
    {
        var counters = broker.Counters;
        Set("version", broker.Options.Version);
        Set("uptime", (long)broker.Time.GetElapsedTime(startedAt, timestamp).TotalSeconds);
        var connected = broker.ConnectedClients;
        Set("clients/connected", connected);
        Set("clients/disconnected", broker.SessionCount - connected);
        Set("clients/total", broker.SessionCount);
        Set("subscriptions/count", broker.SubscriptionCount);
        Set("retained messages/count", broker.RetainedCount);
        Set("messages/received", counters.MessagesReceived);
        Set("messages/sent", counters.MessagesSent);
        Set("bytes/received", counters.BytesReceived);
        Set("bytes/sent", counters.BytesSent);
        Set("publish/messages/dropped", counters.DroppedQueueFull + counters.DroppedQos0);
        if (minutes > 0)
        {
            Set("load/publish/received/1min", Rate(counters.MessagesReceived - lastReceived, minutes));
            Set("load/publish/sent/1min", Rate(counters.MessagesSent - lastSent, minutes));
        }

        lastReceived = counters.MessagesReceived;
        lastSent = counters.MessagesSent;
    }

    private static string Rate(long count, double minutes) => (count / minutes).ToString("F2", CultureInfo.InvariantCulture);

    private void Set(string name, long value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    private void Set(string name, string value) =>
        broker.Publish("$SYS/broker/" + name, Encoding.UTF8.GetBytes(value), QualityOfService.AtMostOnce, retain: true);
}

using System.Text;
using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Topics;

/// <summary>
/// The topics one connection publishes to, found by their bytes: two-way associative, so a lookup is a hash and at most two
/// comparisons, and a stranger pushes out the entry that was used longer ago. Grows only while entries push each other out.
/// </summary>
internal sealed class TopicCache(int capacity, int maxBytes, int maxLevels)
{
    private MqttTopic?[] slots = new MqttTopic?[8];

    /// <summary>Finds or makes the topic; a name that breaks the rules is not kept.</summary>
    public ReasonCode TryGet(ReadOnlySpan<byte> utf8, out MqttTopic topic)
    {
        var set = SetOf(utf8, slots.Length);
        var first = slots[set];
        if (first is not null && utf8.SequenceEqual(first.Utf8))
        {
            topic = first;
            return ReasonCode.Success;
        }

        var second = slots[set + 1];
        if (second is not null && utf8.SequenceEqual(second.Utf8))
        {
            (slots[set], slots[set + 1]) = (second, first);
            topic = second;
            return ReasonCode.Success;
        }

        return Add(utf8, out topic);
    }

    /// <summary>The rights of the client have changed.</summary>
    public void ForgetPermissions()
    {
        foreach (var topic in slots)
            topic?.Forget();
    }

    private ReasonCode Add(ReadOnlySpan<byte> utf8, out MqttTopic topic)
    {
        topic = null!;
        var reason = TopicName.Check(utf8, maxBytes, maxLevels);
        if (reason != ReasonCode.Success)
            return reason;
        topic = new MqttTopic(Encoding.UTF8.GetString(utf8), utf8.ToArray());
        var set = SetOf(utf8, slots.Length);
        if (slots[set] is not null && slots[set + 1] is not null && slots.Length < capacity)
        {
            Grow();
            set = SetOf(utf8, slots.Length);
        }

        slots[set + 1] = slots[set];
        slots[set] = topic;
        return ReasonCode.Success;
    }

    private void Grow()
    {
        var old = slots;
        slots = new MqttTopic?[old.Length * 2];
        foreach (var topic in old)
        {
            if (topic is null)
                continue;
            var set = SetOf(topic.Utf8, slots.Length);
            slots[slots[set] is null ? set : set + 1] = topic;
        }
    }

    private static int SetOf(ReadOnlySpan<byte> utf8, int length)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        return hash.ToHashCode() & (length - 2);
    }
}

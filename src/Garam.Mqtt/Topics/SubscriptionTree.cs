using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Topics;

/// <summary>
/// All subscriptions, by level of their filter. Invariants:
/// <list type="bullet">
/// <item>one lock guards the nodes; matching takes it too, which is rare because every publisher keeps the match of each of its
/// topics until <see cref="Version"/> moves;</item>
/// <item>the version rises after the change is in the nodes, so a match that carries the current version is complete;</item>
/// <item>an empty node is removed at once: the tree is no larger than the subscriptions in it;</item>
/// <item>depth is bounded by the limit on levels that filters and topics are checked against.</item>
/// </list>
/// </summary>
internal sealed class SubscriptionTree
{
    private readonly Lock sync = new();
    private readonly SubscriptionNode root = new();
    private long version;
    private int count;

    public long Version => Volatile.Read(ref version);

    public int Count => Volatile.Read(ref count);

    /// <summary>Adds, in place of <paramref name="replaced"/> when the session had the filter already.</summary>
    public void Add(Subscription subscription, Subscription? replaced = null)
    {
        lock (sync)
        {
            var node = root;
            foreach (var level in subscription.Parsed.Pattern.AsSpan().Split('/'))
                node = node.ChildOrNew(subscription.Parsed.Pattern.AsSpan(level));
            node.Add(subscription);
            if (replaced is null)
                count++;
            Volatile.Write(ref version, version + 1);
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (sync)
        {
            Remove(root, subscription.Parsed.Pattern, subscription);
            count--;
            Volatile.Write(ref version, version + 1);
        }
    }

    /// <summary>Finds who gets a message of <paramref name="topic"/> published by <paramref name="publisher"/>.</summary>
    public TopicMatch Match(string topic, MqttSession? publisher)
    {
        var builder = new TopicMatchBuilder(publisher);
        lock (sync)
        {
            Collect(root, topic, builder, topic.StartsWith('$'));
            return builder.Build(version);
        }
    }

    private static void Collect(SubscriptionNode node, ReadOnlySpan<char> rest, TopicMatchBuilder builder, bool isReserved)
    {
        var end = rest.IndexOf('/');
        var level = end < 0 ? rest : rest[..end];
        // A filter that starts with a wildcard does not match names that start with "$" [MQTT-4.7.2-1].
        if (!isReserved)
        {
            AddAll(node.Child("#"), builder);
            Descend(node.Child("+"), rest, end, builder);
        }

        Descend(node.Child(level), rest, end, builder);
    }

    private static void Descend(SubscriptionNode? child, ReadOnlySpan<char> rest, int end, TopicMatchBuilder builder)
    {
        if (child is null)
            return;
        if (end >= 0)
        {
            Collect(child, rest[(end + 1)..], builder, false);
            return;
        }

        AddAll(child, builder);
        AddAll(child.Child("#"), builder); // "sport/#" matches "sport" too (§4.7.1.2)
    }

    private static void AddAll(SubscriptionNode? node, TopicMatchBuilder builder)
    {
        if (node is null)
            return;
        foreach (var subscription in node.Subscriptions ?? [])
            builder.Add(subscription);
        foreach (var group in node.Groups ?? [])
            builder.Add(group);
    }

    private static void Remove(SubscriptionNode node, ReadOnlySpan<char> rest, Subscription subscription)
    {
        var end = rest.IndexOf('/');
        var level = end < 0 ? rest : rest[..end];
        var child = node.Child(level);
        if (child is null)
            return;
        if (end < 0)
            child.Remove(subscription);
        else
            Remove(child, rest[(end + 1)..], subscription);
        if (child.IsEmpty)
            node.RemoveChild(level);
    }
}

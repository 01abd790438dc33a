using Garam.Mqtt.Sessions;

namespace Garam.Mqtt.Retained;

/// <summary>
/// The last retained message of every topic (§3.3.1.3), as a tree of levels so that a filter finds its messages without looking
/// at all. One lock; the store holds one reference of each message. Topics below <c>$SYS</c> are kept but never journalled.
/// </summary>
internal sealed class RetainedStore(int maxMessages, long maxBytes)
{
    private const long SweepIntervalMs = 60_000;

    private readonly Lock sync = new();
    private readonly RetainedNode root = new();
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    private long lastSweepMs;

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Whether changes are collected for the journal.</summary>
    public bool TracksChanges { get; set; }

    /// <summary>Keeps the message in place of the topic's last one. False: the store is at its limit.</summary>
    public bool TrySet(PublishedMessage message)
    {
        lock (sync)
        {
            var node = Find(message.Topic, create: false);
            var old = node?.Message;
            var bytes = Bytes + message.Size - (old?.Size ?? 0);
            if (bytes > maxBytes || old is null && Count >= maxMessages)
                return false;
            node ??= Find(message.Topic, create: true)!;
            node.Message = message.AddReference();
            Bytes = bytes;
            if (old is null)
                Count++;
            else
                old.Release();
            Note(message.Topic);
            return true;
        }
    }

    public void Clear(string topic)
    {
        lock (sync)
        {
            if (Remove(root, topic))
                Note(topic);
        }
    }

    /// <summary>The messages a filter matches, a reference taken on each.</summary>
    public void Collect(string pattern, long nowMs, List<PublishedMessage> found)
    {
        lock (sync)
            Collect(root, pattern, nowMs, found, isRoot: true);
    }

    /// <summary>Topics changed since the last call with their messages now (null: cleared), a reference taken on each.</summary>
    public void TakeChanges(List<(string Topic, PublishedMessage? Message)> into)
    {
        lock (sync)
        {
            foreach (var topic in changed)
                into.Add((topic, Find(topic, create: false)?.Message?.AddReference()));
            changed.Clear();
        }
    }

    /// <summary>Once a minute: lets go of messages that have expired, so that they do not fill the store.</summary>
    public void SweepWhenDue(long nowMs)
    {
        if (nowMs - lastSweepMs < SweepIntervalMs)
            return;
        lastSweepMs = nowMs;
        var expired = new List<string>();
        lock (sync)
        {
            CollectExpired(root, nowMs, expired);
            foreach (var topic in expired)
                Clear(topic);
        }
    }

    private static void CollectExpired(RetainedNode node, long nowMs, List<string> expired)
    {
        if (node.Message is { } message && message.IsExpired(nowMs))
            expired.Add(message.Topic);
        foreach (var (_, child) in Children(node))
            CollectExpired(child, nowMs, expired);
    }

    /// <summary>Every topic with its message, a reference taken on each; forgets what has changed.</summary>
    public void TakeAll(List<(string Topic, PublishedMessage? Message)> into)
    {
        lock (sync)
        {
            changed.Clear();
            TakeAll(root, into);
        }
    }

    private static void TakeAll(RetainedNode node, List<(string Topic, PublishedMessage? Message)> into)
    {
        if (node.Message is { } message && !IsSys(message.Topic))
            into.Add((message.Topic, message.AddReference()));
        foreach (var (_, child) in Children(node))
            TakeAll(child, into);
    }

    private static bool IsSys(string topic) => topic.StartsWith("$SYS/", StringComparison.Ordinal);

    private void Note(string topic)
    {
        if (TracksChanges && !IsSys(topic))
            changed.Add(topic);
    }

    private RetainedNode? Find(string topic, bool create)
    {
        var node = root;
        foreach (var range in topic.AsSpan().Split('/'))
        {
            var level = topic.AsSpan(range);
            if (node.Children is not null && node.Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child))
            {
                node = child;
                continue;
            }

            if (!create)
                return null;
            child = new RetainedNode();
            (node.Children ??= new Dictionary<string, RetainedNode>(StringComparer.Ordinal)).Add(level.ToString(), child);
            node = child;
        }

        return node;
    }

    private bool Remove(RetainedNode node, ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('/');
        var level = end < 0 ? rest : rest[..end];
        if (node.Children is null)
            return false;
        var children = node.Children.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!children.TryGetValue(level, out var child))
            return false;
        var removed = end < 0 ? Empty(child) : Remove(child, rest[(end + 1)..]);
        if (child.IsEmpty)
            children.Remove(level);
        if (node.Children.Count == 0)
            node.Children = null;
        return removed;
    }

    private bool Empty(RetainedNode node)
    {
        if (node.Message is not { } message)
            return false;
        Count--;
        Bytes -= message.Size;
        message.Release();
        node.Message = null;
        return true;
    }

    private static void Collect(RetainedNode node, ReadOnlySpan<char> rest, long nowMs, List<PublishedMessage> found, bool isRoot)
    {
        var end = rest.IndexOf('/');
        var level = end < 0 ? rest : rest[..end];
        if (level is "#")
        {
            Take(isRoot ? null : node, nowMs, found);
            foreach (var (name, child) in Children(node))
                if (!isRoot || !name.StartsWith('$'))
                    Collect(child, "#", nowMs, found, isRoot: false);
            return;
        }

        if (level is "+")
        {
            foreach (var (name, child) in Children(node))
                if (!isRoot || !name.StartsWith('$'))
                    Descend(child, rest, end, nowMs, found);
            return;
        }

        if (node.Children is not null && node.Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var exact))
            Descend(exact, rest, end, nowMs, found);
    }

    private static void Descend(RetainedNode child, ReadOnlySpan<char> rest, int end, long nowMs, List<PublishedMessage> found)
    {
        if (end < 0)
            Take(child, nowMs, found);
        else
            Collect(child, rest[(end + 1)..], nowMs, found, isRoot: false);
    }

    private static void Take(RetainedNode? node, long nowMs, List<PublishedMessage> found)
    {
        if (node?.Message is { } message && !message.IsExpired(nowMs))
            found.Add(message.AddReference());
    }

    private static IEnumerable<KeyValuePair<string, RetainedNode>> Children(RetainedNode node) => node.Children ?? [];
}

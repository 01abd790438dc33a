namespace Garam.Mqtt.Topics;

/// <summary>One level of the subscription tree.</summary>
internal sealed class SubscriptionNode
{
    public Dictionary<string, SubscriptionNode>? Children { get; private set; }

    public List<Subscription>? Subscriptions { get; private set; }

    public List<SharedGroup>? Groups { get; private set; }

    public bool IsEmpty => Children is null && Subscriptions is null && Groups is null;

    public SubscriptionNode? Child(ReadOnlySpan<char> level) =>
        Children is not null && Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var node) ? node : null;

    public SubscriptionNode ChildOrNew(ReadOnlySpan<char> level)
    {
        if (Child(level) is { } node)
            return node;
        node = new SubscriptionNode();
        (Children ??= new Dictionary<string, SubscriptionNode>(StringComparer.Ordinal)).Add(level.ToString(), node);
        return node;
    }

    public void RemoveChild(ReadOnlySpan<char> level)
    {
        Children!.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
        if (Children.Count == 0)
            Children = null;
    }

    public void Add(Subscription subscription)
    {
        if (subscription.Parsed.ShareName is not { } name)
        {
            Subscriptions ??= [];
            Replace(Subscriptions, subscription);
            return;
        }

        Groups ??= [];
        var group = Groups.Find(g => g.Name == name);
        if (group is null)
            Groups.Add(group = new SharedGroup(name));
        var members = group.Members.ToList();
        Replace(members, subscription);
        group.Set([.. members]);
    }

    public void Remove(Subscription subscription)
    {
        if (subscription.Parsed.ShareName is not { } name)
        {
            Subscriptions?.Remove(subscription);
            if (Subscriptions?.Count == 0)
                Subscriptions = null;
            return;
        }

        var group = Groups?.Find(g => g.Name == name);
        if (group is null)
            return;
        group.Set([.. group.Members.Where(m => !ReferenceEquals(m, subscription))]);
        if (group.IsEmpty)
            Groups!.Remove(group);
        if (Groups!.Count == 0)
            Groups = null;
    }

    private static void Replace(List<Subscription> list, Subscription subscription)
    {
        var index = list.FindIndex(subscription.Replaces);
        if (index < 0)
            list.Add(subscription);
        else
            list[index] = subscription;
    }
}

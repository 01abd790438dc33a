namespace Garam.Mqtt.Topics;

/// <summary>
/// The members of one shared subscription (§4.8.2). A message goes to one of them: round robin over those that are connected and
/// have room, else the next one that keeps a session.
/// </summary>
internal sealed class SharedGroup(string name)
{
    private Subscription[] members = [];
    private uint next;

    public string Name { get; } = name;

    public bool IsEmpty => members.Length == 0;

    /// <summary>The members now; replaced as a whole, under the tree's lock.</summary>
    public Subscription[] Members => Volatile.Read(ref members);

    public void Set(Subscription[] value) => Volatile.Write(ref members, value);

    public Subscription? Choose()
    {
        var candidates = Members;
        if (candidates.Length == 0)
            return null;
        var start = Interlocked.Increment(ref next);
        Subscription? fallback = null;
        for (uint i = 0; i < candidates.Length; i++)
        {
            var member = candidates[(start + i) % (uint)candidates.Length];
            if (member.Session is null || member.Session.HasRoom)
                return member;
            fallback ??= member;
        }

        return fallback;
    }
}

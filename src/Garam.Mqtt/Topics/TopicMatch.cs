using Garam.Mqtt.Broker;

namespace Garam.Mqtt.Topics;

/// <summary>Who gets the messages of one topic from one publisher, true for one version of the tree.</summary>
internal sealed class TopicMatch(long version, MatchTarget[] targets, SharedGroup[] groups, MessageHandler[] handlers)
{
    /// <summary>Matches no version, so the first use looks the topic up.</summary>
    public static readonly TopicMatch Stale = new(-1, [], [], []);

    public long Version { get; } = version;

    public MatchTarget[] Targets { get; } = targets;

    public SharedGroup[] Groups { get; } = groups;

    public MessageHandler[] Handlers { get; } = handlers;

    public bool IsEmpty { get; } = targets.Length == 0 && groups.Length == 0 && handlers.Length == 0;
}

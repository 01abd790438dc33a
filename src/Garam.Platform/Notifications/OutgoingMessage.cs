using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications;

/// <summary>One message on its way to a channel: of one change of an alarm, of many as a digest, or a test.</summary>
internal sealed record OutgoingMessage
{
    /// <summary>The same at every try, also after a restart.</summary>
    public required string Key { get; init; }

    public required string Route { get; init; }

    public string Recipient { get; init; } = "";

    public required string Language { get; init; }

    public required NotificationText Text { get; init; }

    /// <summary>What it tells of; null in a digest or a test.</summary>
    public AlarmEvent? Event { get; init; }

    /// <summary>0 for the first telling; from 1 for a step of an escalation.</summary>
    public int Step { get; init; }

    /// <summary>The alarm's page; null when no public_url is configured.</summary>
    public string? Link { get; init; }

    public AlarmDigest? Digest { get; init; }

    /// <summary>When it was written, Unix microseconds.</summary>
    public required long AtUs { get; init; }
}

namespace Garam.Platform.Notifications;

/// <summary>Where a notification is on its way; in SQL and REST in lower case.</summary>
public enum NotificationState
{
    /// <summary>Not sent yet: new, or to be tried again.</summary>
    Waiting,

    /// <summary>The channel took it.</summary>
    Sent,

    /// <summary>The channel will never take it, or did not within its life; a person may send it again.</summary>
    Failed,

    /// <summary>A step of an escalation that was no longer needed when its turn came: somebody had acknowledged.</summary>
    Cancelled,
}

using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications;

/// <summary>One row of the outbox: one change of an alarm, to be told on one channel for one route.</summary>
public sealed record Notification
{
    /// <summary>From 1, rising.</summary>
    public required long Id { get; init; }

    /// <summary>The same for the same telling, also after a restart: receivers know a repeated message by it.</summary>
    public required string Key { get; init; }

    /// <summary>The stored event it tells of.</summary>
    public required long EventId { get; init; }

    public required long AlarmId { get; init; }

    public required string Route { get; init; }

    public required string Channel { get; init; }

    /// <summary>A telephone number, where each is a message of its own; else empty.</summary>
    public string Recipient { get; init; } = "";

    /// <summary><c>ko</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    public required AlarmChange Change { get; init; }

    /// <summary>0 for the first telling; from 1 for the steps of an escalation.</summary>
    public int Step { get; init; }

    public required Severity Severity { get; init; }

    public required string ProductId { get; init; }

    public required string DeviceId { get; init; }

    public string? SiteId { get; init; }

    public string? CustomerId { get; init; }

    public NotificationState State { get; init; }

    /// <summary>Key of the message it goes out with, its own or that of a digest; null while that is open.</summary>
    public string? Message { get; init; }

    /// <summary>Failed tries so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Unix microseconds, as all times here.</summary>
    public required long CreatedUs { get; init; }

    /// <summary>Not tried before.</summary>
    public required long DueUs { get; init; }

    /// <summary>Given up after.</summary>
    public required long ExpiresUs { get; init; }

    public long? SentUs { get; init; }

    /// <summary>Why the last try failed; null when none did.</summary>
    public string? Error { get; init; }
}

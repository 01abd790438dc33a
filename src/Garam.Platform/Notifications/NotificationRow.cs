using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications;

/// <summary>A notification as SQL has it.</summary>
internal sealed class NotificationRow
{
    public long Id { get; init; }
    public string Key { get; init; } = "";
    public long EventId { get; init; }
    public long AlarmId { get; init; }
    public string Route { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Recipient { get; init; } = "";
    public string Language { get; init; } = "";
    public string Change { get; init; } = "";
    public long Step { get; init; }
    public long Severity { get; init; }
    public string ProductId { get; init; } = "";
    public string DeviceId { get; init; } = "";
    public string? SiteId { get; init; }
    public string? CustomerId { get; init; }
    public string State { get; init; } = "";
    public string? Message { get; init; }
    public long Attempts { get; init; }
    public long CreatedUs { get; init; }
    public long DueUs { get; init; }
    public long ExpiresUs { get; init; }
    public long? SentUs { get; init; }
    public string? Error { get; init; }

    public Notification ToNotification() => new()
    {
        Id = Id, Key = Key, EventId = EventId, AlarmId = AlarmId, Route = Route, Channel = Channel, Recipient = Recipient, Language = Language,
        Change = Enum.Parse<AlarmChange>(Change), Step = (int)Step, Severity = (Severity)Severity, ProductId = ProductId, DeviceId = DeviceId,
        SiteId = SiteId, CustomerId = CustomerId, State = Enum.Parse<NotificationState>(State, ignoreCase: true), Message = Message,
        Attempts = (int)Attempts, CreatedUs = CreatedUs, DueUs = DueUs, ExpiresUs = ExpiresUs, SentUs = SentUs, Error = Error,
    };
}

using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications;

/// <summary>What one transaction of the alarms adds to the outbox.</summary>
internal sealed class OutboxBatch
{
    public List<(long Id, AlarmEvent Event)> Events { get; } = [];

    public List<Notification> Notifications { get; } = [];

    public List<Escalation> Escalations { get; } = [];

    /// <summary>Alarms that nobody needs to be called for any more.</summary>
    public List<long> EndedEscalations { get; } = [];
}

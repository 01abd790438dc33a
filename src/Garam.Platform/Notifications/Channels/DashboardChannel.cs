namespace Garam.Platform.Notifications.Channels;

/// <summary>Hands messages to the pages that are open: the event <c>notification</c> of the stream.</summary>
internal sealed class DashboardChannel(NotificationStream stream) : INotificationChannel
{
    public string Name => NotificationPlan.DashboardName;

    public string Type => "dashboard";

    public string Target => "/api/v1/stream";

    public Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        stream.Publish(new NotificationNotice(NotificationJson.Write(message), message.Event?.Alarm.DeviceId)
        {
            Devices = message.Event?.Alarm.Devices ?? [],
            Rewrite = message.Event is not { } told ? null : scope => NotificationJson.Write(message with { Event = told with { Alarm = told.Alarm.SeenBy(scope) } }),
        });
        return Task.FromResult(SendResult.Sent);
    }
}

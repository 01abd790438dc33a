using System.Text.Json;
using Garam.Platform.Alarms;
using Garam.Platform.Notifications.Forms;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Notifications;

/// <summary>Writes what goes out: the alarm's form in the route's language, framed by what happened and the way to the alarm's page.</summary>
internal sealed class MessageWriter(
    NotificationOutbox outbox, GeneralForm general, IReadOnlyList<INotificationForm> forms, string publicUrl, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<string, INotificationForm> _forms = forms.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>One notification. Null: what is stored of it cannot be read.</summary>
    public OutgoingMessage? Write(Notification notification)
    {
        if (EventsOf([notification.EventId]).GetValueOrDefault(notification.EventId) is not { } happened)
            return null;
        var link = LinkTo($"/alarms/{happened.Alarm.Id}");
        var text = TextOf(happened.Alarm, notification);
        return MessageOf(notification, notification.Key, MessageFrame.Put(text, notification.Language, happened, notification.Step, link)) with
        {
            Event = happened,
            Step = notification.Step,
            Link = link,
        };
    }

    /// <summary>A digest.</summary>
    /// <param name="first">One of its notifications: it says where it goes.</param>
    public OutgoingMessage Write(Notification first, string key, AlarmDigest digest)
    {
        var link = LinkTo("/alarms");
        var worst = EventsOf([.. digest.Worst.Select(n => n.EventId).Distinct()]);
        var text = DigestForm.Write(digest, worst, first.Language, ZoneOf(first), link);
        return MessageOf(first, key, text) with { Digest = digest, Link = link };
    }

    /// <summary>A message that only shows that the channel works.</summary>
    public OutgoingMessage WriteTest(string key, string recipient) => new()
    {
        Key = key, Route = "test", Recipient = recipient, Language = "en", Text = TestForm.Write(), Link = LinkTo(""), AtUs = NowUs(),
    };

    private OutgoingMessage MessageOf(Notification notification, string key, NotificationText text) => new()
    {
        Key = key, Route = notification.Route, Recipient = notification.Recipient, Language = notification.Language, Text = text, AtUs = NowUs(),
    };

    private NotificationText TextOf(Alarm alarm, Notification notification)
    {
        if (alarm.Form is { } name && _forms.TryGetValue(name, out var form))
        {
            try
            {
                return form.Write(alarm, notification.Language);
            }
            catch (Exception e)
            {
                // A pack's own code: people must be told all the same.
                logger.LogError(e, "The form '{Form}' cannot write the alarm {Alarm}; the general form is used", name, alarm.Id);
            }
        }

        return general.Write(alarm, notification.Language, ZoneOf(notification));
    }

    private IReadOnlyDictionary<long, AlarmEvent> EventsOf(IReadOnlyCollection<long> ids)
    {
        try
        {
            return outbox.Store.Events(ids);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            logger.LogError(e, "A stored alarm of the outbox cannot be read");
            return new Dictionary<long, AlarmEvent>();
        }
    }

    private TimeZoneInfo ZoneOf(Notification notification) => outbox.Plan.Find(notification.Route)?.Zone ?? TimeZoneInfo.Utc;

    private string? LinkTo(string path) => publicUrl.Length == 0 ? null : publicUrl.TrimEnd('/') + path;

    private long NowUs() => Rest.TimeParameter.ToUs(time.GetUtcNow());
}

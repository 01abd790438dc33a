using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications;

/// <summary>How a kind of alarm is written to people. A rule's <c>texts: NAME</c> names the composer and the form of that name; else the general form is used.</summary>
public interface INotificationForm
{
    string Name { get; }

    /// <summary>Writes an alarm in a language, <c>ko</c> or <c>en</c>.</summary>
    NotificationText Write(Alarm alarm, string language);
}

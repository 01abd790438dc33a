using Garam.Platform.Alarms;
using Garam.Platform.Detection;

namespace Garam.Packs.Fire.Alerts;

/// <summary>Writes the texts of rules that say <c>texts: fire-alert</c>.</summary>
internal sealed class FireAlertComposer : IAlarmComposer
{
    /// <summary>Of the composer and of the form.</summary>
    public const string TextsName = "fire-alert";

    public string Name => TextsName;

    public ComposedAlarm Compose(AlarmOccasion occasion)
    {
        var alert = AlertReading.Of(occasion.DeviceId, occasion.Metrics, occasion.Severity, occasion.EventUs);
        return new ComposedAlarm(
            AlertKind.Of(alert.Reading),
            new AlarmTexts(
                AlertMessage.English(alert).TrimEnd('\n'), AlertMessage.Korean(alert).TrimEnd('\n'), AlertAdvice.English(alert), AlertAdvice.Korean(alert)));
    }
}

using Garam.Packs.Fire.Risk;
using Garam.Platform.Alarms;
using Garam.Platform.Notifications;

namespace Garam.Packs.Fire.Alerts;

/// <summary>
/// A fire alert as told to people: subject, plain text, SMS and HTML mail as the document sends them (2.1, <c>send_critical_alert</c>,
/// <c>send_high_risk_alert</c>, <c>format_email_alert</c>), and the same in English.
/// </summary>
internal sealed class FireAlertForm : INotificationForm
{
    public string Name => FireAlertComposer.TextsName;

    public NotificationText Write(Alarm alarm, string language)
    {
        var alert = AlertReading.Of(alarm.DeviceId, alarm.Snapshot, alarm.Severity, alarm.FirstUs);
        var korean = language == "ko";
        var score = FixedPoint.Text(alert.Score, 2);
        var message = (korean ? alarm.Texts.MessageKo : alarm.Texts.MessageEn) + "\n";
        var html = AlertMail.Html(alert, korean ? alarm.Texts.AdviceKo : alarm.Texts.AdviceEn, korean);
        return (alert.Level == RiskLevel.Critical, korean) switch
        {
            (true, true) => new NotificationText(
                $"🚨 CRITICAL: 화재 위험 감지 - 디바이스 {alert.DeviceId}", message, html, $"🚨긴급🚨 화재위험 디바이스{alert.DeviceId} 위험도:{score}"),
            (true, false) => new NotificationText(
                $"🚨 CRITICAL: fire risk detected - device {alert.DeviceId}", message, html, $"🚨URGENT🚨 fire risk, device {alert.DeviceId}, risk {score}"),
            // The document sends these no SMS; the short line is for those who ask for one.
            (false, true) => new NotificationText(
                $"⚠️ HIGH RISK: 화재 위험 증가 - 디바이스 {alert.DeviceId}", message, html, $"⚠️ 화재위험 증가 디바이스{alert.DeviceId} 위험도:{score}"),
            _ => new NotificationText(
                $"⚠️ HIGH RISK: fire risk rising - device {alert.DeviceId}", message, html, $"⚠️ fire risk rising, device {alert.DeviceId}, risk {score}"),
        };
    }
}

using Garam.Platform.Alarms;
using Garam.Web.Fleet;
using Garam.Web.Visits;

namespace Garam.Web.Alarms;

/// <summary>Severities as conditions of a device: the same shapes, colours and words.</summary>
internal static class AlarmSign
{
    public static Condition Condition(Severity severity) => severity switch
    {
        Severity.Critical => Fleet.Condition.Critical,
        Severity.High => Fleet.Condition.High,
        Severity.Medium => Fleet.Condition.Medium,
        _ => Fleet.Condition.Normal,
    };

    /// <summary>The first line of what an alarm says, in the reader's language.</summary>
    public static string Headline(Alarm alarm, Visit visit)
    {
        var message = visit.Choose(alarm.Texts.MessageEn, alarm.Texts.MessageKo).AsSpan().Trim();
        var end = message.IndexOf('\n');
        return (end < 0 ? message : message[..end]).TrimEnd().ToString();
    }

    /// <summary>An alarm on a chart's time axis.</summary>
    public static Devices.ChartMark Mark(Alarm alarm) =>
        new(alarm.FirstUs / 1000.0, ConditionSign.Shape(Condition(alarm.Severity)), AlarmNames.Of(alarm.Severity), alarm.Key.Rule);
}

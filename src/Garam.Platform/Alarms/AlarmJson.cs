using System.Text.Json;
using Garam.Platform.Rest;
using Garam.Platform.Telemetry;

namespace Garam.Platform.Alarms;

/// <summary>An alarm as JSON, everywhere it leaves the platform; absent parts are left out.</summary>
public static class AlarmJson
{
    /// <summary>The alarm as an object of its own.</summary>
    public static void Write(Utf8JsonWriter json, Alarm alarm)
    {
        json.WriteStartObject();
        WriteParts(json, alarm);
        json.WriteEndObject();
    }

    /// <summary>A change as the stream tells it: <c>{"change":…,"at":…,"by":…,"note":…,"alarm":{…}}</c>.</summary>
    public static void Write(Utf8JsonWriter json, AlarmEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("change", AlarmNames.Of(happened.Change));
        json.WriteString("at", TimeParameter.Format(happened.AtUs));
        Text(json, "by", happened.By);
        Text(json, "note", happened.Note);
        json.WritePropertyName("alarm");
        Write(json, happened.Alarm);
        json.WriteEndObject();
    }

    /// <summary>Its members, into an object that is open.</summary>
    internal static void WriteParts(Utf8JsonWriter json, Alarm alarm)
    {
        json.WriteNumber("id", alarm.Id);
        json.WriteString("state", AlarmNames.Of(alarm.State));
        json.WriteString("severity", AlarmNames.Of(alarm.Severity));
        json.WriteString("kind", alarm.Kind);
        json.WriteString("ruleset", alarm.Key.Ruleset);
        json.WriteString("rule", alarm.Key.Rule);
        json.WriteString("subject", alarm.Key.Subject);
        Text(json, "arm", alarm.Arm);
        json.WriteString("device_id", alarm.DeviceId);
        json.WriteString("productId", alarm.ProductId);
        Text(json, "siteId", alarm.SiteId);
        Text(json, "customerId", alarm.CustomerId);
        if (alarm.Devices.Count > 0)
            Texts(json, "devices", alarm.Devices);
        Texts(json, "followUp", AlarmNames.Of(alarm.FollowUp));
        json.WriteStartObject("message");
        json.WriteString("en", alarm.Texts.MessageEn);
        json.WriteString("ko", alarm.Texts.MessageKo);
        json.WriteEndObject();
        if (alarm.Texts.AdviceEn.Count + alarm.Texts.AdviceKo.Count > 0)
        {
            json.WriteStartObject("advice");
            Texts(json, "en", alarm.Texts.AdviceEn);
            Texts(json, "ko", alarm.Texts.AdviceKo);
            json.WriteEndObject();
        }

        json.WriteString("since", TimeParameter.Format(alarm.SinceUs));
        json.WriteString("first", TimeParameter.Format(alarm.FirstUs));
        json.WriteString("last", TimeParameter.Format(alarm.LastUs));
        json.WriteString("raised", TimeParameter.Format(alarm.RaisedUs));
        json.WriteNumber("count", alarm.Count);
        Text(json, "valueOf", alarm.ValueOf);
        Number(json, "value", alarm.Value);
        Number(json, "worst", alarm.Worst);
        json.WriteStartObject("snapshot");
        foreach (var reading in alarm.Snapshot)
        {
            json.WritePropertyName(reading.Metric);
            AlarmDetail.WriteValue(json, reading.Value);
        }

        json.WriteEndObject();
        json.WriteBoolean("flapping", alarm.IsFlapping);
        json.WriteBoolean("shelved", alarm.IsShelved);
        Text(json, "acknowledgedBy", alarm.AcknowledgedBy);
        Time(json, "acknowledged", alarm.AcknowledgedUs);
        Time(json, "cleared", alarm.ClearedUs);
        Text(json, "resolvedBy", alarm.ResolvedBy);
        Time(json, "resolved", alarm.ResolvedUs);
        Time(json, "closed", alarm.ClosedUs);
        Text(json, "verdict", alarm.Verdict is { } verdict ? AlarmNames.Of(verdict) : null);
        Text(json, "note", alarm.Note);
        json.WriteNumber("revision", alarm.Revision);
        json.WriteStartObject("lineage");
        json.WriteNumber("rulesetVersion", alarm.RulesetVersion);
        json.WriteNumber("specVersion", alarm.SpecVersion);
        if (alarm.RaisedPosition >= 0)
            json.WriteNumber("position", alarm.RaisedPosition);
        if (alarm.LastPosition >= 0)
            json.WriteNumber("lastPosition", alarm.LastPosition);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void Time(Utf8JsonWriter json, string name, long? us)
    {
        if (us is { } time)
            json.WriteString(name, TimeParameter.Format(time));
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (!double.IsFinite(value))
            return;
        json.WritePropertyName(name);
        TelemetryJson.WriteNumber(json, value);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

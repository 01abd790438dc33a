using System.Text;

namespace Garam.Packs.Fire.Alerts;

/// <summary>The document's HTML mail (2.1, <c>format_email_alert</c>), and the same in English. What devices bring is escaped.</summary>
internal static class AlertMail
{
    public static string Html(in AlertReading alert, IReadOnlyList<string> advice, bool korean)
    {
        var reading = alert.Reading;
        var words = korean ? Words.Korean : Words.English;
        var items = new StringBuilder();
        foreach (var line in advice)
            items.Append("<li>").Append(Escaped(line)).Append("</li>");
        return $"""
            <html>
            <body>
                <h2 style="color: red;">{words.Title}</h2>
                <p><strong>{words.Device}:</strong> {Escaped(alert.DeviceId)}</p>
                <p><strong>{words.Level}:</strong> {Escaped(alert.Level)}</p>
                <p><strong>{words.Score}:</strong> {FixedPoint.Text(alert.Score, 2)}</p>
                <p><strong>{words.Time}:</strong> {alert.Time}</p>

                <h3>{words.Sensors}</h3>
                <ul>
                    <li>{words.Temperature}: {FixedPoint.Text(reading.Temperature, 1)}°C</li>
                    <li>{words.Voltage}: {FixedPoint.Text(reading.Voltage, 1)}V</li>
                    <li>{words.Current}: {FixedPoint.Text(reading.Current, 1)}A</li>
                    <li>{words.Arcs}: {FixedPoint.Text(reading.Arcs, 0)}</li>
                    <li>{words.CarbonMonoxide}: {FixedPoint.Text(reading.CarbonMonoxide, 1)}ppm</li>
                    <li>VOC: {FixedPoint.Text(reading.Voc, 1)}μg/m³</li>
                </ul>

                <h3>{words.Advice}</h3>
                <ul>
                {items}
                </ul>
                <p style="color: red; font-weight: bold;">
                    {words.Closing}
                </p>
            </body>
            </html>
            """;
    }

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    private sealed record Words(
        string Title, string Device, string Level, string Score, string Time, string Sensors, string Temperature, string Voltage, string Current,
        string Arcs, string CarbonMonoxide, string Advice, string Closing)
    {
        public static readonly Words Korean = new(
            "🚨 화재 위험 감지 알림", "디바이스 ID", "위험 수준", "위험 점수", "감지 시간", "센서 데이터", "온도", "전압", "전류", "아크 횟수", "CO 가스", "권장 조치사항",
            "긴급한 조치가 필요할 수 있습니다. 즉시 현장을 확인하시기 바랍니다.");

        public static readonly Words English = new(
            "🚨 Fire risk detected", "Device ID", "Risk level", "Risk score", "Detected", "Sensor data", "Temperature", "Voltage", "Current", "Arcs", "CO",
            "Recommended actions", "Urgent action may be needed. Please check the site at once.");
    }
}

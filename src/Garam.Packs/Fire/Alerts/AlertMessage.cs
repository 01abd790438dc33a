using System.Text;
using Garam.Packs.Fire.Risk;

namespace Garam.Packs.Fire.Alerts;

/// <summary>The alert's message, line by line as the document writes it (2.1, <c>generate_alert_message</c>), and the same in English.</summary>
internal static class AlertMessage
{
    public static string Korean(in AlertReading alert) => Write(alert, new Words(
        "🚨 화재 위험 감지 - 디바이스 ", "위험도: ", "시간: ", "⚠️ 고온 감지: ", "⚡ 아크 발생: ", "회", "💧 누전 감지: ", "☁️ CO 가스: ", "🌫️ VOC: "));

    public static string English(in AlertReading alert) => Write(alert, new Words(
        "🚨 Fire risk detected - device ", "Risk: ", "Time: ", "⚠️ High temperature: ", "⚡ Arcs: ", "", "💧 Leakage: ", "☁️ CO: ", "🌫️ VOC: "));

    private static string Write(in AlertReading alert, Words words)
    {
        var reading = alert.Reading;
        var text = new StringBuilder();
        text.Append(words.Title).Append(alert.DeviceId).Append('\n');
        text.Append(words.Risk).Append(alert.Level).Append(" (").Append(FixedPoint.Text(alert.Score, 2)).Append(")\n");
        text.Append(words.Time).Append(alert.Time).Append("\n\n");
        if (reading.Has(FireStatus.BoardTemperature | FireStatus.SensorTemperature))
            text.Append(words.Heat).Append(FixedPoint.Text(reading.Temperature, 1)).Append("°C\n");
        if (reading.Arcs > 0)
            text.Append(words.Arcs).Append(FixedPoint.Text(reading.Arcs, 0)).Append(words.Times).Append('\n');
        if (reading.Has(FireStatus.TotalLeakage))
            text.Append(words.Leakage).Append(FixedPoint.Text(reading.Leakage, 1)).Append("mA\n");
        if (reading.CarbonMonoxide > 17)
            text.Append(words.CarbonMonoxide).Append(FixedPoint.Text(reading.CarbonMonoxide, 1)).Append("ppm\n");
        if (reading.Voc > 400)
            text.Append(words.Voc).Append(FixedPoint.Text(reading.Voc, 1)).Append("μg/m³\n");
        return text.ToString();
    }

    private sealed record Words(
        string Title, string Risk, string Time, string Heat, string Arcs, string Times, string Leakage, string CarbonMonoxide, string Voc);
}

using System.Globalization;
using Garam.Platform.Alarms;

namespace Garam.Platform.Notifications.Forms;

/// <summary>The words that forms share, in Korean and English.</summary>
internal static class Words
{
    public static bool IsKorean(string language) => language == "ko";

    public static string Of(Severity severity, string language) => (severity, IsKorean(language)) switch
    {
        (Severity.Critical, true) => "긴급",
        (Severity.High, true) => "높음",
        (Severity.Medium, true) => "보통",
        (_, true) => "낮음",
        _ => severity.ToString(),
    };

    /// <summary>The name of a severity as SQL and digests have it, in lower case.</summary>
    public static string OfSeverity(string name, string language) => Of(Enum.Parse<Severity>(name, ignoreCase: true), language);

    public static string Message(Alarm alarm, string language)
    {
        var (wanted, other) = IsKorean(language) ? (alarm.Texts.MessageKo, alarm.Texts.MessageEn) : (alarm.Texts.MessageEn, alarm.Texts.MessageKo);
        return wanted.Length > 0 ? wanted : other.Length > 0 ? other : alarm.Kind;
    }

    public static IReadOnlyList<string> Advice(Alarm alarm, string language) => IsKorean(language) ? alarm.Texts.AdviceKo : alarm.Texts.AdviceEn;

    /// <summary><c>2026-03-01 19:00:00 +09:00</c>.</summary>
    public static string Time(long us, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(us * 10), zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>As one line of at most so many characters.</summary>
    public static string Line(string text, int max)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = string.Concat(line.Where(c => !char.IsControl(c)));
        if (line.Length <= max)
            return line;

        // Not in the middle of a character of two units.
        var end = char.IsHighSurrogate(line[max - 2]) ? max - 2 : max - 1;
        return line[..end] + "…";
    }
}

using System.Globalization;

namespace Garam.Decoding.Specs;

/// <summary>Durations as specs and rules write them: <c>500ms</c>, <c>5s</c>, <c>10m</c>, <c>1h</c>, <c>1d</c>.</summary>
internal static class SpecDuration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var letters = text.AsSpan().TrimStart("0123456789.");
        if (!double.TryParse(text.AsSpan(0, text.Length - letters.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        var seconds = letters switch { "ms" => 0.001, "s" => 1d, "m" => 60d, "h" => 3_600d, "d" => 86_400d, _ => 0d };
        if (seconds * number <= 0 || seconds * number > Longest.TotalSeconds) return false;
        duration = TimeSpan.FromSeconds(seconds * number);
        return true;
    }
}

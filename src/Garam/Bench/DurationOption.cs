using System.CommandLine;
using System.Globalization;

namespace Garam.Bench;

/// <summary>An option whose value is a duration <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> Create(string name, TimeSpan otherwise, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (TryParse(text, out var duration))
                return duration;
            result.AddError($"{name} takes a duration such as 500ms, 10s, 5m or 1h, not '{text}'.");
            return default;
        },
    };

    /// <summary>Reads a positive number followed by ms, s, m, h or d.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var digits = text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').Count();
        var factor = text[digits..] switch { "ms" => 1.0, "s" => 1e3, "m" => 60e3, "h" => 3600e3, "d" => 86400e3, _ => 0 };
        duration = default;
        if (factor == 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        // A year is longer than anything that is measured or simulated here, and fits a timer.
        if (number <= 0 || number * factor > TimeSpan.FromDays(365).TotalMilliseconds)
            return false;
        duration = TimeSpan.FromMilliseconds(number * factor);
        return true;
    }
}

namespace Garam.Platform.Configuration;

/// <summary>How long alarms live, and when one that comes and goes is held.</summary>
public sealed record AlarmOptions
{
    /// <summary>A cleared alarm that nobody looked at is closed after this time.</summary>
    public string CloseAfter { get; set; } = "24h";

    /// <summary>Closed alarms and their history are kept this many days.</summary>
    public int RetainDays { get; set; } = 90;

    /// <summary>Raises within <see cref="FlapWindow"/> that make an alarm a flapping one.</summary>
    public int FlapRaises { get; set; } = 4;

    /// <summary>The time those are counted in, and how long it must be quiet before flapping ends.</summary>
    public string FlapWindow { get; set; } = "10m";

    internal TimeSpan CloseAfterTime => Time(CloseAfter);

    internal TimeSpan FlapWindowTime => Time(FlapWindow);

    /// <summary>What is wrong with the durations; the ranges of numbers are checked with all others.</summary>
    internal IEnumerable<string> Problems()
    {
        foreach (var (key, text) in new[] { ("alarms.close_after", CloseAfter), ("alarms.flap_window", FlapWindow) })
        {
            if (!DurationText.TryParse(text, out var time) || time < TimeSpan.FromSeconds(1) || time > TimeSpan.FromDays(365))
                yield return $"{key}: '{text}' is no duration from 1s to 365d. Write for example 10m, 24h or 7d.";
        }
    }

    private static TimeSpan Time(string text) => DurationText.TryParse(text, out var time) ? time : throw new InvalidOperationException($"'{text}' was not checked");
}

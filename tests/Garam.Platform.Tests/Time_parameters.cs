using Garam.Platform.Rest;

namespace Garam.Platform.Tests;

/// <summary><c>from</c> and <c>to</c> of queries, and durations in configuration and specs.</summary>
public sealed class Time_parameters
{
    [Theory]
    [InlineData("now", "2026-03-01T10:00:00.000Z")]
    [InlineData("-1h", "2026-03-01T09:00:00.000Z")]
    [InlineData("-1.5d", "2026-02-27T22:00:00.000Z")]
    [InlineData("1767225600123", "2026-01-01T00:00:00.123Z")]
    [InlineData("2026-01-01", "2026-01-01T00:00:00.000Z")]
    [InlineData("2026-01-01T09:00:00+09:00", "2026-01-01T00:00:00.000Z")]
    [InlineData("2026-01-01T00:00:00", "2026-01-01T00:00:00.000Z")]
    [InlineData(" 2026-01-01T00:00:00.000001Z ", "2026-01-01T00:00:00.000001Z")]
    [InlineData("0", "1970-01-01T00:00:00.000Z")]
    public void Every_form_is_read(string text, string time)
    {
        TimeParameter.TryParse(text, ManualTime.Start, out var us).ShouldBeTrue();

        TimeParameter.Format(us).ShouldBe(time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-")]
    [InlineData("-1")]
    [InlineData("-1y")]
    [InlineData("1h")]
    [InlineData("99999999999999999999")]
    [InlineData("253402300800000")]
    [InlineData("2026-13-01")]
    public void Anything_else_is_not(string text) => TimeParameter.TryParse(text, ManualTime.Start, out _).ShouldBeFalse();

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("10s", 10)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3_600)]
    [InlineData("7d", 604_800)]
    [InlineData("2w", 1_209_600)]
    [InlineData("1.5h", 5_400)]
    [InlineData("0s", 0)]
    public void Durations_are_read_as_people_write_them(string text, double seconds)
    {
        DurationText.TryParse(text, out var duration).ShouldBeTrue();

        duration.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5S")]
    [InlineData("1.2.3s")]
    [InlineData(".s")]
    [InlineData("1e3s")]
    [InlineData("99999999d")]
    public void What_is_no_duration_is_refused(string text) => DurationText.TryParse(text, out _).ShouldBeFalse();
}

namespace Garam.Platform.Tests;

/// <summary>What may stand in MQTT topics and URLs as a device's identity.</summary>
public sealed class Device_ids
{
    [Theory]
    [InlineData("a")]
    [InlineData("sensor-01")]
    [InlineData("70-B3-D5.49:9a_1")]
    [InlineData("온도계-3")]
    public void A_name_is_taken_as_it_is(string text)
    {
        DeviceId.TryParse(text, out var id, out _).ShouldBeTrue();

        id.Value.ShouldBe(text);
    }

    [Theory]
    [InlineData(null, "must not be empty")]
    [InlineData("", "must not be empty")]
    [InlineData("a b", "no blanks")]
    [InlineData("a/b", "/ + or #")]
    [InlineData("+", "/ + or #")]
    [InlineData("#", "/ + or #")]
    [InlineData("a\"b", "quotes")]
    [InlineData("a\\b", "backslashes")]
    [InlineData("a\u0000", "control characters")]
    [InlineData("a\u0085", "control characters")]
    [InlineData("\ud83d\udd25", "control characters")]
    public void Anything_else_is_refused_with_its_reason(string? text, string told)
    {
        DeviceId.TryParse(text, out _, out var problem).ShouldBeFalse();

        problem.ShouldContain(told);
    }

    [Fact]
    public void The_length_is_counted_in_bytes()
    {
        DeviceId.TryParse(new string('x', 128), out _, out _).ShouldBeTrue();
        DeviceId.TryParse(new string('x', 129), out _, out _).ShouldBeFalse();
        DeviceId.TryParse(new string('온', 43), out _, out _).ShouldBeFalse();
    }
}

namespace Garam.Platform.Tests;

/// <summary>Whether a device speaks as often as it should.</summary>
public sealed class Device_status
{
    private const long Now = 1_767_225_600_000_000;

    [Theory]
    [InlineData(0, "online")]
    [InlineData(15, "online")]
    [InlineData(16, "stale")]
    [InlineData(50, "stale")]
    [InlineData(51, "offline")]
    [InlineData(86_400, "offline")]
    [InlineData(-30, "online")]
    public void Three_missed_periods_are_stale_and_ten_offline(int silentSeconds, string status) =>
        DeviceStatus.At(Now, Now - (silentSeconds * 1_000_000L), 5_000).ShouldBe(status);

    [Fact]
    public void Who_never_spoke_is_told_apart() => DeviceStatus.At(Now, 0, 5_000).ShouldBe("never");

    [Fact]
    public void Without_a_period_a_minute_is_expected() => DeviceStatus.At(Now, Now - 180_000_000, null).ShouldBe("online");

    [Fact]
    public void A_period_under_a_second_counts_as_one() => DeviceStatus.At(Now, Now - 3_000_000, 10).ShouldBe("online");
}

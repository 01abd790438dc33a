namespace Garam.Platform.Tests;

/// <summary>Receive times of one device.</summary>
public sealed class Receive_clock
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_lone_message_gets_the_millisecond_it_came() => new ReceiveClock(_time).Next(1).ShouldBe(ManualTime.StartUs);

    [Fact]
    public void Messages_of_one_device_in_one_millisecond_are_a_microsecond_apart()
    {
        var clock = new ReceiveClock(_time);

        Enumerable.Range(0, 3).Select(_ => clock.Next(7) - ManualTime.StartUs).ShouldBe([0L, 1L, 2L]);
    }

    [Fact]
    public void Devices_do_not_push_each_other_on()
    {
        var clock = new ReceiveClock(_time);
        clock.Next(1);

        clock.Next(2).ShouldBe(ManualTime.StartUs);
    }

    [Fact]
    public void A_clock_set_back_a_little_is_bridged()
    {
        var clock = new ReceiveClock(_time);
        clock.Next(1);
        _time.Advance(TimeSpan.FromMilliseconds(-900));

        clock.Next(1).ShouldBe(ManualTime.StartUs + 1);
    }

    [Fact]
    public void A_clock_set_back_by_more_than_a_second_is_followed()
    {
        var clock = new ReceiveClock(_time);
        clock.Next(1);
        _time.Advance(TimeSpan.FromHours(-1));

        clock.Next(1).ShouldBe(ManualTime.StartUs - 3_600_000_000);
    }

    [Fact]
    public async Task Threads_never_share_a_time_of_one_device()
    {
        var clock = new ReceiveClock(_time);

        var times = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => clock.Next(1)).ToList())));

        times.ShouldAllBe(own => own.Zip(own.Skip(1)).All(pair => pair.First < pair.Second));
        times.SelectMany(t => t).Distinct().Count().ShouldBe(20_000);
    }
}

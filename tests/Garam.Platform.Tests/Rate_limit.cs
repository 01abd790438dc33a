namespace Garam.Platform.Tests;

/// <summary><c>ingress.messages_per_second_per_device</c>.</summary>
public sealed class Rate_limit
{
    private readonly ManualTime _time = new();

    [Fact]
    public void One_seconds_worth_is_taken_at_once_and_no_more() => Taken(new RateLimit(10, _time), 50).ShouldBe(10);

    [Fact]
    public void It_fills_evenly()
    {
        var rate = new RateLimit(10, _time);
        Taken(rate, 50);
        _time.Advance(TimeSpan.FromMilliseconds(300));

        Taken(rate, 50).ShouldBe(3);
    }

    [Fact]
    public void Silence_saves_up_no_more_than_a_second()
    {
        var rate = new RateLimit(10, _time);
        _time.Advance(TimeSpan.FromHours(1));

        Taken(rate, 50).ShouldBe(10);
    }

    private static int Taken(RateLimit rate, int asked) => Enumerable.Range(0, asked).Count(_ => rate.TryTake());
}

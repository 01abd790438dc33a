namespace Garam.Packs.Tests.Fire;

/// <summary>A clock that moves when the test says so.</summary>
internal sealed class BoardTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 1, 10, 30, 30, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    public void Advance(TimeSpan by) => _now += by;
}

namespace Garam.Bench.Load;

/// <summary>What the load generator does. Without <see cref="Rate"/> the loop is closed: each connection keeps its window full.</summary>
internal sealed record LoadOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    public string? User { get; init; }

    public string? Password { get; init; }

    public int Connections { get; init; } = 100;

    /// <summary>Devices, dealt out to the connections; each connection sends for its own in turn.</summary>
    public int Devices { get; init; } = 100;

    public int PayloadBytes { get; init; } = 200;

    /// <summary>Messages that a connection may have unacknowledged. Packet ids end at 65,535, so at most 16,384.</summary>
    public int Window { get; init; } = 100;

    /// <summary>Messages per second over all connections, sent on a fixed timetable; 0 is a closed loop.</summary>
    public double Rate { get; init; }

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Ends a run early, counted for each device from its first sequence; 0 is no limit.</summary>
    public long MessagesPerDevice { get; init; }

    /// <summary>The device's time in its message with sequence 0.</summary>
    public DateTimeOffset FirstTime { get; init; }

    /// <summary>What a device's clock advances with each message.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(1);

    public long FirstSequence { get; init; }

    /// <summary>Processes whose processor time is read at the same instants as the generator's own.</summary>
    public IReadOnlyList<int> Watch { get; init; } = [];

    /// <summary>How long acknowledgements are awaited after the last message was sent.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(20);
}

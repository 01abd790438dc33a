namespace Garam.Simulate.Run;

/// <summary>What `simulate` was asked for.</summary>
internal sealed record SimulateOptions
{
    public required string Pack { get; init; }

    public int Devices { get; init; } = 20;

    /// <summary>Messages per second of the whole fleet.</summary>
    public double Rate { get; init; } = 10;

    /// <summary>Null: until it is interrupted.</summary>
    public TimeSpan? Duration { get; init; }

    public string Profile { get; init; } = "normal";

    /// <summary>mqtt://[user:password@]host[:port]</summary>
    public Uri Broker { get; init; } = new("mqtt://127.0.0.1:1883");

    /// <summary>Where devices are registered whose messages name no product; null: the broker's host, port 8080.</summary>
    public Uri? Http { get; init; }

    public string? Token { get; init; }

    public ulong Seed { get; init; } = 1;
}

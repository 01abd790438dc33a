namespace Garam.Bench.Load;

/// <summary>Where the counting subscriber listens.</summary>
internal sealed record SubscriberOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    public string Filter { get; init; } = BenchTopics.Filter;
}

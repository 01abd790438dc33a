namespace Garam.Platform.Configuration;

/// <summary>The raw log: how long and how much is kept.</summary>
public sealed record LogStoreOptions
{
    public int RetainDays { get; set; } = 30;

    /// <summary>Oldest segments go first beyond this many gigabytes; what the pipeline has not processed stays all the same.</summary>
    public int RetainGigabytes { get; set; } = 100;

    /// <summary>Producers are slowed when less than this is free on the disk.</summary>
    public int ReserveMegabytes { get; set; } = 256;
}

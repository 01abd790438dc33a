using Garam.Bench.Servers;

namespace Garam.Bench.Ingest;

/// <summary>What `bench ingest` compares.</summary>
internal sealed record IngestOptions
{
    public int Connections { get; init; } = 100;

    public int PayloadBytes { get; init; } = 200;

    public int Window { get; init; } = 100;

    /// <summary>The same for Mosquitto: 20 is where it was found fastest, tried from 20 to 1,000.</summary>
    public int MosquittoWindow { get; init; } = 20;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Rate of the latency run, messages per second; 0 leaves it out.</summary>
    public double Rate { get; init; } = 5000;

    public bool WithMosquitto { get; init; } = true;

    /// <summary>A broker that runs already; it alone is measured then, from outside.</summary>
    public Uri? Url { get; init; }

    public int Runs { get; init; } = 3;

    /// <summary>Where the data folders of the runs are made.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Product of the devices: the benchmark's own, or one that takes <c>ts</c> (Unix milliseconds) as the time.</summary>
    public string Product { get; init; } = BenchProduct.Id;
}

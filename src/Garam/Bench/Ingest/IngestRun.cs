using Garam.Bench.Load;
using Garam.Bench.Servers;

namespace Garam.Bench.Ingest;

/// <summary>One peer's figures of one run.</summary>
internal sealed record IngestRun
{
    public required string Peer { get; init; }

    /// <summary>The closed loop: as many messages as the peer takes.</summary>
    public required LoadReport Load { get; init; }

    /// <summary>
    /// Measured messages divided by the time from their first sending until the last one is stored (Garam) or has arrived
    /// at the subscriber (a broker). What the warm-up left behind is paid in this time too.
    /// </summary>
    public double DeliveredPerSecond { get; init; }

    /// <summary>Processor time of the peer for a measured message, until it was stored or delivered, in microseconds.</summary>
    public double ServerCpuMicroseconds { get; init; }

    /// <summary>Processor time of the generator for a message, in microseconds.</summary>
    public double GeneratorCpuMicroseconds { get; init; }

    /// <summary>The fixed rate, for latency.</summary>
    public LoadReport? Paced { get; init; }

    /// <summary>Garam's ledger at the end.</summary>
    public Ledger? Ledger { get; init; }

    /// <summary>Bytes that the run left in the data folder.</summary>
    public long DataBytes { get; init; }

    public long ResidentBytes { get; init; }

    /// <summary>What is wrong with the run, in words; null when everything adds up.</summary>
    public string? Defect { get; init; }
}

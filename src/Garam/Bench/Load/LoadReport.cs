namespace Garam.Bench.Load;

/// <summary>
/// What a run of the load generator counted. "Measured" is what was sent after the warm-up. Times are of the monotonic
/// clock that all processes of a machine share (<see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>).
/// </summary>
internal sealed record LoadReport
{
    public long Sent { get; init; }

    public long Acknowledged { get; init; }

    public long MeasuredSent { get; init; }

    public long MeasuredAcknowledged { get; init; }

    public long MeasureStartedAt { get; init; }

    public long LastAcknowledgedAt { get; init; }

    /// <summary>Measured messages per second until the last of them was acknowledged.</summary>
    public double AcknowledgedPerSecond { get; init; }

    public double P50Ms { get; init; }

    public double P90Ms { get; init; }

    public double P99Ms { get; init; }

    public double P999Ms { get; init; }

    public double MaxMs { get; init; }

    /// <summary>Processor time of the generator itself while measuring.</summary>
    public double GeneratorCpuSeconds { get; init; }

    /// <summary>Processor time of each watched process at the start of the measurement, and at its end.</summary>
    public IReadOnlyList<double> WatchedCpuSecondsAtStart { get; init; } = [];

    public IReadOnlyList<double> WatchedCpuSecondsAtEnd { get; init; } = [];

    /// <summary>Acknowledgements that did not come in the order of their messages (MQTT-4.6.0-2 demands it).</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Connections that the peer closed before the end.</summary>
    public int Lost { get; init; }

    /// <summary>
    /// For each connection, what was acknowledged of it: with one device a connection, and acknowledgements in order,
    /// exactly the sequences below <see cref="LoadOptions.FirstSequence"/> plus this number.
    /// </summary>
    public IReadOnlyList<long> AcknowledgedByConnection { get; init; } = [];

    public IReadOnlyList<long> SentByConnection { get; init; } = [];
}

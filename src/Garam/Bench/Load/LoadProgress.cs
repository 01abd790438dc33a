using System.Diagnostics;

namespace Garam.Bench.Load;

/// <summary>What is measured while the generator runs: only messages sent after <see cref="Start"/> count.</summary>
internal sealed class LoadProgress
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly long[] _sentAtStart;

    public LoadProgress(int connections) => _sentAtStart = new long[connections];

    /// <summary>From intended sending to acknowledgement, so a stalled server is charged for the messages it kept waiting.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Read once per wake-up, not per message.</summary>
    public long Now { get; set; }

    /// <summary>All acknowledgements, those of the warm-up too.</summary>
    public long TotalAcknowledged { get; private set; }

    public long StartedAt { get; private set; }

    public long LastAcknowledgedAt { get; private set; }

    public bool IsMeasuring { get; private set; }

    public void Start(IReadOnlyList<LoadConnection> connections, long now)
    {
        for (var i = 0; i < connections.Count; i++)
            _sentAtStart[i] = connections[i].Sent;
        StartedAt = now;
        LastAcknowledgedAt = now;
        IsMeasuring = true;
    }

    public long MeasuredSent(IReadOnlyList<LoadConnection> connections) =>
        IsMeasuring ? connections.Sum(connection => connection.Sent) - _sentAtStart.Sum() : 0;

    public void Acknowledged(int connection, long number, long dueAt)
    {
        TotalAcknowledged++;
        if (!IsMeasuring || number < _sentAtStart[connection])
            return;
        Latency.Record((long)((Now - dueAt) * NanosecondsPerTick));
        LastAcknowledgedAt = Now;
    }
}

namespace Garam.Packs.Fire.Dashboard;

/// <summary>
/// How many messages came and were processed in each five minutes of the last hour: what the document reads from its cloud's metrics. Counted
/// since the start of the program. Thread-safe.
/// </summary>
internal sealed class MessageRates
{
    public static readonly long PeriodUs = TimeSpan.FromMinutes(5).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>An hour, and the five minutes that are not over.</summary>
    private const int PeriodsMax = 13;

    private readonly Lock _lock = new();
    private readonly Queue<Period> _periods = [];
    private (long Received, long Processed)? _before;

    /// <summary>Takes the counters as they are now.</summary>
    public void Sample(long nowUs, long received, long processed)
    {
        lock (_lock)
        {
            var start = nowUs / PeriodUs * PeriodUs;
            if (_periods.Count == 0 || _periods.Last().StartUs != start)
                _periods.Enqueue(new Period(start));
            while (_periods.Count > PeriodsMax)
                _periods.Dequeue();
            if (_before is { } before)
            {
                _periods.Last().Received += received - before.Received;
                _periods.Last().Processed += processed - before.Processed;
            }

            _before = (received, processed);
        }
    }

    /// <summary>Start, received and processed of each period that begins in the hour before a moment, oldest first.</summary>
    public IReadOnlyList<(long StartUs, long Received, long Processed)> Hour(long nowUs)
    {
        lock (_lock)
            return [.. _periods.Where(p => p.StartUs > nowUs - (12 * PeriodUs)).Select(p => (p.StartUs, p.Received, p.Processed))];
    }

    private sealed class Period(long startUs)
    {
        public long StartUs => startUs;

        public long Received { get; set; }

        public long Processed { get; set; }
    }
}

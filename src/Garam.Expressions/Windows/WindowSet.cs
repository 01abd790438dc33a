namespace Garam.Expressions.Windows;

/// <summary>
/// The windows of one device.
/// <list type="bullet">
/// <item>Time is event time. A window of duration d ends at the newest reading of the device, itself included, and holds what is
/// younger than d: (newest − d, newest].</item>
/// <item>A reading that comes late counts where it belongs, as long as it is not older than the allowed lateness; older ones
/// change nothing and are counted.</item>
/// <item>A sample with the time of one of the newest 32 replaces it.</item>
/// <item>Whoever feeds readings keeps a device's clock within bounds: a reading far in the future would make all later
/// ones late.</item>
/// </list>
/// One owner at a time: there are no locks. Observing and reading allocate nothing once the windows have reached their size.
/// </summary>
public sealed class WindowSet
{
    private readonly WindowSource[] _sources;
    private readonly bool[] _isTakenOver;
    private readonly long _latenessUs;

    /// <summary>Makes empty windows. Windows that the plan takes up later are not in the set: they read as missing.</summary>
    public WindowSet(WindowPlan plan)
        : this(plan, null)
    {
    }

    /// <summary>
    /// Makes windows for a new plan and takes the state over from those of an earlier one, so that a changed limit forgets no
    /// history. The earlier set is not to be used any more. Windows that it did not have begin empty and want a
    /// <see cref="WarmUp"/>, which leaves those taken over alone. The slots of both plans must mean the same metrics.
    /// </summary>
    public WindowSet(WindowPlan plan, WindowSet? previous)
    {
        _sources = new WindowSource[plan.Sources.Count];
        _isTakenOver = new bool[_sources.Length];
        for (var i = 0; i < _sources.Length; i++)
        {
            var earlier = previous is null ? null : Array.Find(previous._sources, s => s.Key == plan.Sources[i].Key)?.Under(plan.Sources[i]);
            _sources[i] = earlier ?? new WindowSource(plan.Sources[i]);
            _isTakenOver[i] = earlier is not null;
        }

        _latenessUs = (long)(plan.AllowedLateness.TotalSeconds * 1e6);
        NewestUs = previous?.NewestUs;
        LateIgnored = previous?.LateIgnored ?? 0;
    }

    /// <summary>True while there are windows that began empty: a <see cref="WarmUp"/> would serve them.</summary>
    public bool WantsWarmUp => Array.IndexOf(_isTakenOver, false) >= 0;

    /// <summary>Event time of the newest reading, microseconds since 1970 UTC; null before the first.</summary>
    public long? NewestUs { get; private set; }

    /// <summary>Readings that came too late to count.</summary>
    public long LateIgnored { get; private set; }

    /// <summary>Bytes this device's windows hold now, estimated from the sizes of their parts. Bounded by the plan alone.</summary>
    public int EstimatedBytes
    {
        get
        {
            var bytes = 112 + _isTakenOver.Length;
            foreach (var source in _sources)
                bytes += source.EstimatedBytes + 8;
            return bytes;
        }
    }

    /// <summary>Takes a reading in, before the expressions are evaluated on it.</summary>
    /// <param name="timeUs">Its event time, microseconds since 1970 UTC.</param>
    /// <param name="slots">Its values by slot, of this reading only.</param>
    /// <returns>False when it came too late and was ignored.</returns>
    public bool Observe(long timeUs, ReadOnlySpan<Value> slots)
    {
        if (NewestUs is { } newest && timeUs < newest - _latenessUs)
        {
            LateIgnored++;
            return false;
        }

        NewestUs = Math.Max(NewestUs ?? timeUs, timeUs);
        var frame = new EvaluationFrame(slots, timeUs);
        foreach (var source in _sources)
            source.Observe(in frame);
        return true;
    }

    /// <summary>
    /// Fills the windows that began empty from stored samples: after a restart, before the first live reading. Samples with the
    /// same time are one reading again, so that formulas of several metrics are warmed too.
    /// </summary>
    public void WarmUp(IReadOnlyList<StoredSeries> series)
    {
        var next = new int[series.Count];
        var slots = new Value[series.Count == 0 ? 0 : series.Max(s => s.Slot) + 1];
        while (TryEarliest(series, next, out var timeUs))
        {
            Array.Clear(slots);
            for (var i = 0; i < next.Length; i++)
            {
                var times = series[i].TimesUs.Span;
                if (next[i] < times.Length && times[next[i]] == timeUs)
                    slots[series[i].Slot] = Value.Of(series[i].Values.Span[next[i]++]);
            }

            NewestUs = Math.Max(NewestUs ?? timeUs, timeUs);
            var frame = new EvaluationFrame(slots, timeUs);
            for (var i = 0; i < _sources.Length; i++)
            {
                if (!_isTakenOver[i])
                    _sources[i].Observe(in frame);
            }
        }

        Array.Fill(_isTakenOver, true);
    }

    internal double Read(int source, int tracker, WindowFunction function, double percent, long timeUs) =>
        NewestUs is { } newest && source < _sources.Length
            ? _sources[source].Read(tracker, function, percent, Math.Max(newest, timeUs))
            : double.NaN;

    /// <summary>What all windows of a source lie between; not known for one that the plan took up later.</summary>
    internal ref readonly SampleBounds Bounds(int source)
    {
        if (source < _sources.Length)
            return ref _sources[source].Bounds;
        return ref SampleBounds.Unknown;
    }

    private static bool TryEarliest(IReadOnlyList<StoredSeries> series, int[] next, out long timeUs)
    {
        timeUs = long.MaxValue;
        var found = false;
        for (var i = 0; i < next.Length; i++)
        {
            if (next[i] >= series[i].TimesUs.Length)
                continue;
            timeUs = Math.Min(timeUs, series[i].TimesUs.Span[next[i]]);
            found = true;
        }

        return found;
    }
}

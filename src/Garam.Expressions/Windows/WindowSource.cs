namespace Garam.Expressions.Windows;

/// <summary>One source of one device: its newest samples and its trackers.</summary>
internal sealed class WindowSource
{
    private readonly SourcePlan _plan;
    private readonly SampleTail _tail;
    private readonly TrackerPlan[] _trackerPlans;
    private readonly Tracker[] _trackers;
    private SampleBounds _bounds;

    public WindowSource(SourcePlan plan)
        : this(plan, new SampleTail(), [.. plan.Trackers.Select(t => t.Create())], new SampleBounds(plan.LongestUs * 2))
    {
    }

    private WindowSource(SourcePlan plan, SampleTail tail, Tracker[] trackers, SampleBounds bounds)
    {
        _plan = plan;
        _tail = tail;
        _trackers = trackers;
        _bounds = bounds;
        _trackerPlans = plan.TrackerArray;
    }

    public string Key => _plan.Key;

    /// <summary>This state under another plan; null when that needs a tracker which has seen nothing yet.</summary>
    public WindowSource? Under(SourcePlan plan)
    {
        var trackers = new Tracker[plan.Trackers.Count];
        for (var i = 0; i < trackers.Length; i++)
        {
            var known = Array.IndexOf(_trackerPlans, plan.Trackers[i]);
            if (known < 0)
                return null;
            trackers[i] = _trackers[known];
        }

        return new WindowSource(plan, _tail, trackers, _bounds);
    }

    public int EstimatedBytes
    {
        get
        {
            var bytes = _tail.EstimatedBytes + 24 + 32 + 64;
            foreach (var tracker in _trackers)
                bytes += tracker.EstimatedBytes + 8;
            return bytes;
        }
    }

    /// <summary>What all its windows lie between, and how many samples they hold at most.</summary>
    public ref readonly SampleBounds Bounds => ref _bounds;

    public void Observe(in EvaluationFrame frame)
    {
        var value = _plan.Program(in frame);
        if (!double.IsNaN(value))
            Observe(frame.TimeUs, value);
    }

    public double Read(int tracker, WindowFunction function, double percent, long nowUs) =>
        tracker < _trackers.Length ? _trackers[tracker].Read(function, percent, nowUs, _tail) : double.NaN;

    private void Observe(long timeUs, double value)
    {
        _bounds.Add(timeUs, value);
        var change = _tail.Insert(timeUs, value, out var other);
        double? replaced = change == TailChange.Replaced ? other.Value : null;
        foreach (var tracker in _trackers)
        {
            if (change == TailChange.PushedOut)
                tracker.PushedOut(other.TimeUs, other.Value);
            tracker.Arrived(timeUs, value, replaced, _tail);
        }
    }
}

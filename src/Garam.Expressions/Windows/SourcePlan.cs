using Garam.Expressions.Binding;

namespace Garam.Expressions.Windows;

/// <summary>Something observed over time and the trackers that are kept of it.</summary>
internal sealed class SourcePlan(string key, NumberProgram program)
{
    private readonly List<TrackerPlan> _trackers = [];
    private TrackerPlan[]? _array;

    /// <summary>Equal for sources that observe the same, also in another plan.</summary>
    public string Key { get; } = key;

    /// <summary>What a reading contributes; NaN when it contributes nothing.</summary>
    public NumberProgram Program { get; } = program;

    public IReadOnlyList<TrackerPlan> Trackers => _trackers;

    /// <summary>The trackers as they are now, one array for the sources of all devices.</summary>
    public TrackerPlan[] TrackerArray => _array ??= [.. _trackers];

    /// <summary>Duration of the longest window.</summary>
    public long LongestUs => _trackers.Max(t => t.DurationUs);

    public int Add(TrackerPlan tracker)
    {
        var index = _trackers.IndexOf(tracker);
        if (index >= 0)
            return index;
        _trackers.Add(tracker);
        _array = null;
        return _trackers.Count - 1;
    }
}

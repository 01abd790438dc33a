using Garam.Expressions.Binding;

namespace Garam.Expressions.Windows;

/// <summary>Something observed over time and the trackers that are kept of it.</summary>
internal sealed class SourcePlan(NumberProgram program)
{
    private readonly List<TrackerPlan> _trackers = [];

    /// <summary>What a reading contributes; NaN when it contributes nothing.</summary>
    public NumberProgram Program { get; } = program;

    public IReadOnlyList<TrackerPlan> Trackers => _trackers;

    public int Add(TrackerPlan tracker)
    {
        var index = _trackers.IndexOf(tracker);
        if (index >= 0)
            return index;
        _trackers.Add(tracker);
        return _trackers.Count - 1;
    }
}

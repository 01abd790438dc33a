using Garam.Expressions.Binding;

namespace Garam.Expressions.Windows;

/// <summary>
/// The windows that a set of expressions needs, each kept once however many expressions read it. Filled while the expressions
/// are bound, all with the same symbol table; then every device gets a <see cref="WindowSet"/> made from it. Not safe for
/// concurrent use while it is filled. An expression that is refused may leave windows behind: refuse its ruleset, and the plan
/// with it.
/// </summary>
public sealed class WindowPlan
{
    private readonly Dictionary<string, int> _bySource = new(StringComparer.Ordinal);
    private readonly List<SourcePlan> _sources = [];
    private readonly List<WindowRequest> _requests = [];
    private readonly HashSet<(int Source, WindowFunction Function, long DurationUs, double Percent)> _known = [];
    private int _trackerCount;

    /// <summary>Makes an empty plan.</summary>
    /// <param name="allowedLateness">
    /// How far behind the newest reading of its device a reading may be and still count; older ones are ignored and counted
    /// in <see cref="WindowSet.LateIgnored"/>. Not negative. Default: 1 minute.
    /// </param>
    public WindowPlan(TimeSpan? allowedLateness = null)
    {
        AllowedLateness = allowedLateness ?? TimeSpan.FromMinutes(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AllowedLateness, TimeSpan.Zero, nameof(allowedLateness));
    }

    /// <summary>How far behind the newest reading a reading may be and still count.</summary>
    public TimeSpan AllowedLateness { get; }

    /// <summary>Every window that is read, once.</summary>
    public IReadOnlyList<WindowRequest> Requests => _requests;

    internal IReadOnlyList<SourcePlan> Sources => _sources;

    /// <summary>How much history of each slot a warm-up needs.</summary>
    public IReadOnlyDictionary<int, TimeSpan> HistoryBySlot()
    {
        var history = new Dictionary<int, TimeSpan>();
        foreach (var request in _requests)
        {
            var reach = request.Function == WindowFunction.Lag ? request.Duration * 2 : request.Duration;
            foreach (var slot in request.Slots)
                history[slot] = history.TryGetValue(slot, out var known) && known > reach ? known : reach;
        }

        return history;
    }

    /// <summary>Takes a window up. False when the plan is full.</summary>
    internal bool TryAdd(string canonicalSource, NumberProgram program, WindowRequest request, out int source, out int tracker)
    {
        tracker = -1;
        if (!_bySource.TryGetValue(canonicalSource, out source))
        {
            source = _sources.Count;
            _bySource.Add(canonicalSource, source);
            _sources.Add(new SourcePlan(canonicalSource, program));
        }

        var durationUs = (long)(request.Duration.TotalSeconds * 1e6);
        var before = _sources[source].Trackers.Count;
        var plan = new TrackerPlan(TrackerPlan.KindOf(request.Function), durationUs);
        if (_trackerCount >= ExpressionLimits.WindowsMax && !_sources[source].Trackers.Contains(plan))
            return false;
        tracker = _sources[source].Add(plan);
        _trackerCount += _sources[source].Trackers.Count - before;
        if (_known.Add((source, request.Function, durationUs, request.Percent)))
            _requests.Add(request);
        return true;
    }
}

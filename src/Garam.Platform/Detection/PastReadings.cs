using Garam.Expressions;
using Garam.TimeSeries;

namespace Garam.Platform.Detection;

/// <summary>
/// The stored readings of one device, oldest first: samples of one time are one reading again. Loaded a chunk of time after the other; a text
/// is on every reading from the moment it became so, for the store keeps its changes only.
/// </summary>
internal sealed class PastReadings : IDisposable
{
    /// <summary>How far back the text before the first reading is looked for.</summary>
    private const long TextReachUs = 7L * 86_400_000_000;

    /// <summary>Changes of one text read at most; the oldest come first.</summary>
    private const int TextEventsMax = 100_000;

    private readonly TimeSeriesStore _store;
    private readonly SeriesGroup _group;
    private readonly List<(string Name, int Slot, bool IsBoolean)> _numbers = [];
    private readonly List<(string Name, int Slot)> _texts = [];
    private readonly List<(int Slot, bool IsBoolean, QueryResult Samples)> _series = [];
    private readonly List<(int Slot, IReadOnlyList<TextEvent> Events)> _changes = [];
    private int[] _next = [];
    private int[] _nextChange = [];
    private Value[] _current = [];

    /// <param name="wanted">Metrics and the slots they go to.</param>
    public PastReadings(TimeSeriesStore store, SeriesGroup group, IEnumerable<(string Name, int Slot)> wanted)
    {
        _store = store;
        _group = group;
        var newest = new List<NewestValue>();
        group.CopyNewest(newest);
        var kinds = newest.ToDictionary(n => n.Name, n => n.Kind, StringComparer.Ordinal);
        var texts = new List<NewestText>();
        group.CopyNewestTexts(texts);
        foreach (var (name, slot) in wanted)
        {
            if (kinds.TryGetValue(name, out var kind))
                _numbers.Add((name, slot, kind == SeriesKind.Boolean));
            else if (texts.Exists(t => t.Name == name))
                _texts.Add((name, slot));
        }
    }

    /// <summary>Time of the next reading of the chunk; <see cref="long.MaxValue"/> at its end.</summary>
    public long NextUs { get; private set; } = long.MaxValue;

    /// <summary>Samples in the chunk.</summary>
    public long Samples { get; private set; }

    /// <summary>Loads the readings of [from, to). False, with nothing loaded, when a series holds more samples in it than one query reads.</summary>
    public bool TryLoad(long fromUs, long toUs)
    {
        Release();
        foreach (var (name, slot, isBoolean) in _numbers)
        {
            var samples = _store.Query(_group, new SeriesQuery(name, fromUs, toUs, QueryStep.Raw));
            if (samples.IsTruncated)
            {
                samples.Dispose();
                Release();
                return false;
            }

            if (samples.Count == 0)
            {
                samples.Dispose();
                continue;
            }

            Samples += samples.Count;
            _series.Add((slot, isBoolean, samples));
        }

        foreach (var (name, slot) in _series.Count == 0 ? [] : _texts)
            _changes.Add((slot, _store.TextEvents(_group, name, fromUs - TextReachUs, toUs, TextEventsMax)));
        _next = new int[_series.Count];
        _nextChange = new int[_changes.Count];
        _current = new Value[_changes.Count];
        FindNext();
        return true;
    }

    /// <summary>Takes the next reading into a frame and goes on to the one after.</summary>
    public void Take(DetectionFrame frame)
    {
        var timeUs = NextUs;
        for (var i = 0; i < _series.Count; i++)
        {
            var (slot, isBoolean, samples) = _series[i];
            var at = _next[i];
            if (at >= samples.Count || samples.Times[at] != timeUs)
                continue;
            _next[i]++;
            var value = samples.Values[at];
            frame.Set(slot, isBoolean ? Value.Of(value != 0) : Value.Of(value));
        }

        for (var i = 0; i < _changes.Count; i++)
        {
            var (slot, events) = _changes[i];
            while (_nextChange[i] < events.Count && events[_nextChange[i]].TimeUs <= timeUs)
                _current[i] = Value.Of(events[_nextChange[i]++].Value);
            frame.Set(slot, _current[i]);
        }

        FindNext();
    }

    public void Dispose() => Release();

    private void FindNext()
    {
        var next = long.MaxValue;
        for (var i = 0; i < _series.Count; i++)
        {
            var times = _series[i].Samples.Times;
            if (_next[i] < times.Length && times[_next[i]] < next)
                next = times[_next[i]];
        }

        NextUs = next;
    }

    private void Release()
    {
        foreach (var (_, _, samples) in _series)
            samples.Dispose();
        _series.Clear();
        _changes.Clear();
        Samples = 0;
        NextUs = long.MaxValue;
    }
}

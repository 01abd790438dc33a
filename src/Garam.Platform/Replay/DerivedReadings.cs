using Garam.Decoding;
using Garam.Expressions;
using Garam.Platform.Detection;
using Garam.Platform.Pipeline;
using Garam.TimeSeries;

namespace Garam.Platform.Replay;

/// <summary>
/// Derived metrics of one device's readings, made again from a fresh state. Before the first reading the state is told what the store holds
/// of the time before it.
/// </summary>
internal sealed class DerivedReadings(IReadOnlyList<IMetricDerivation> derivations, TimeSeriesStore store, SeriesGroup? group)
{
    private readonly IDerivationState[] _states = [.. derivations.Select(d => d.NewState())];
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private bool _isWarm;

    /// <summary>Adds to a reading's samples and texts what follows from them. A derivation sees the metrics of those before it.</summary>
    public void Derive(long timeUs, long position, List<(string Metric, DraftSample Sample)> samples, List<(string Metric, string Text)> texts)
    {
        if (_states.Length == 0)
            return;
        if (!_isWarm)
            WarmUp(timeUs, position);
        _values.Clear();
        foreach (var (metric, sample) in samples)
            _values[metric] = sample.Kind == SeriesKind.Boolean ? Value.Of(sample.Value != 0) : Value.Of(sample.Value);
        foreach (var (metric, text) in texts)
            _values[metric] = Value.Of(text);
        for (var i = 0; i < _states.Length; i++)
        {
            var inputs = derivations[i].Inputs.Select(name => _values.GetValueOrDefault(name)).ToArray();
            var outputs = new Value[derivations[i].Outputs.Count];
            _states[i].Derive(timeUs, inputs, outputs);
            for (var o = 0; o < outputs.Length; o++)
                Put(derivations[i].Outputs[o], outputs[o], position, samples, texts);
        }
    }

    private void Put(
        DerivedMetric metric, in Value value, long position, List<(string Metric, DraftSample Sample)> samples, List<(string Metric, string Text)> texts)
    {
        if (value.IsMissing)
            return;
        _values[metric.Name] = value;
        if (metric.Kind == MetricKind.Text)
            texts.Add((metric.Name, value.Text!));
        else
            samples.Add((metric.Name, new DraftSample(value.Number, false, metric.Kind == MetricKind.Boolean ? SeriesKind.Boolean : SeriesKind.Number, position)));
    }

    /// <summary>Tells the states of the messages before <paramref name="first"/> only: what those behind it left is what is to be repaired.</summary>
    private void WarmUp(long firstUs, long first)
    {
        _isWarm = true;
        if (group is null)
            return;
        for (var i = 0; i < _states.Length; i++)
        {
            var derivation = derivations[i];
            var fromUs = firstUs - (derivation.History.Ticks / TimeSpan.TicksPerMicrosecond);
            if (fromUs == firstUs)
                continue;
            var inputs = derivation.Inputs.Count;
            var readings = new SortedDictionary<long, Value[]>();
            var names = derivation.Inputs.Concat(derivation.Outputs.Select(o => o.Name)).ToList();
            for (var n = 0; n < names.Count; n++)
                Read(names[n], n, names.Count, fromUs, firstUs, readings);
            var later = Later(first, fromUs, firstUs);
            foreach (var (timeUs, values) in readings.Where(r => !later.Contains(r.Key)))
                _states[i].Remember(timeUs, values.AsSpan(0, inputs), values.AsSpan(inputs));
        }
    }

    private HashSet<long> Later(long first, long fromUs, long toUs)
    {
        var times = new HashSet<long>();
        foreach (var series in group!.SeriesNames().Where(LaneDevice.IsInternal))
        {
            using var positions = store.Query(group, new SeriesQuery(series, fromUs, toUs, QueryStep.Raw));
            for (var i = 0; i < positions.Count; i++)
            {
                if (positions.Values[i] >= first)
                    times.Add(positions.Times[i]);
            }
        }

        return times;
    }

    private void Read(string name, int index, int width, long fromUs, long toUs, SortedDictionary<long, Value[]> readings)
    {
        var isBoolean = group!.KindOf(name) == SeriesKind.Boolean;
        using var samples = store.Query(group, new SeriesQuery(name, fromUs, toUs, QueryStep.Raw) { Reduction = Reduction.None });
        for (var i = 0; i < samples.Count; i++)
            At(samples.Times[i])[index] = isBoolean ? Value.Of(samples.Values[i] != 0) : Value.Of(samples.Values[i]);
        foreach (var change in store.TextEvents(group, name, fromUs, toUs))
            At(change.TimeUs)[index] = Value.Of(change.Value);

        Value[] At(long timeUs) => readings.TryGetValue(timeUs, out var values) ? values : readings[timeUs] = new Value[width];
    }
}

using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Garam.Platform.Observability;

/// <summary>
/// All instruments of the meters it listens to, in the Prometheus text format 0.0.4. Counters and gauges that are observed are read when
/// asked; histograms are kept in fixed buckets.
/// </summary>
/// <remarks>Thread-safe. Label sets per instrument are bounded, because a label could come from outside.</remarks>
public sealed class PrometheusText : IDisposable
{
    /// <summary>More label sets than this are folded into none; our own metrics have a few dozen.</summary>
    private const int LabelSetsMax = 1_000;

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Family> _families = new();
    private readonly Lock _rendering = new();

    /// <param name="meters">Names of the meters to show.</param>
    public PrometheusText(IReadOnlySet<string> meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters.Contains(instrument.Meter.Name))
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, i => new Family(i)));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>The text, with every observed instrument read now.</summary>
    public string Render()
    {
        lock (_rendering)
        {
            _listener.RecordObservableInstruments();
            var text = new StringBuilder(16 * 1024);
            foreach (var family in _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
                family.WriteTo(text);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private sealed class Family
    {
        /// <summary>Seconds: from the fastest flush to a pipeline that is a minute behind.</summary>
        private static readonly double[] Bounds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60];

        private readonly ConcurrentDictionary<string, Cell> _cells = new(StringComparer.Ordinal);
        private readonly Instrument _instrument;
        private readonly Kind _kind;
        private readonly bool _addsUp;

        public Family(Instrument instrument)
        {
            _instrument = instrument;
            var type = instrument.GetType().Name;
            _kind = type.StartsWith("Histogram", StringComparison.Ordinal) ? Kind.Histogram
                : type.Contains("Gauge", StringComparison.Ordinal) || type.Contains("UpDown", StringComparison.Ordinal) ? Kind.Gauge
                : type.StartsWith("Observable", StringComparison.Ordinal) ? Kind.ObservedCounter
                : Kind.Counter;
            _addsUp = _kind == Kind.Counter || type.StartsWith("UpDown", StringComparison.Ordinal);
            Name = NameOf(instrument, _kind);
        }

        private enum Kind
        {
            Counter,
            ObservedCounter,
            Gauge,
            Histogram,
        }

        public string Name { get; }

        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = tags.IsEmpty ? "" : Labels(tags);
            if (!_cells.TryGetValue(labels, out var cell))
            {
                if (_cells.Count >= LabelSetsMax)
                    labels = "";
                cell = _cells.GetOrAdd(labels, _ => new Cell(_kind == Kind.Histogram ? Bounds.Length + 1 : 0));
            }

            lock (cell)
            {
                var isHistogram = _kind == Kind.Histogram;
                cell.Sum = _addsUp || isHistogram ? cell.Sum + value : value;
                if (isHistogram)
                    cell.Buckets[Bucket(value)]++;
            }
        }

        public void WriteTo(StringBuilder text)
        {
            if (_cells.IsEmpty)
                return;
            if (!string.IsNullOrEmpty(_instrument.Description))
                text.Append("# HELP ").Append(Name).Append(' ').Append(_instrument.Description.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal)).Append('\n');
            text.Append("# TYPE ").Append(Name).Append(' ').Append(_kind switch { Kind.Gauge => "gauge", Kind.Histogram => "histogram", _ => "counter" }).Append('\n');
            foreach (var (labels, cell) in _cells.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                lock (cell)
                {
                    if (_kind == Kind.Histogram)
                        WriteHistogram(text, labels, cell);
                    else
                        WriteSample(text, Name, labels, null, cell.Sum);
                }
            }
        }

        private void WriteHistogram(StringBuilder text, string labels, Cell cell)
        {
            var count = 0L;
            for (var i = 0; i < cell.Buckets.Length; i++)
            {
                count += cell.Buckets[i];
                var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                WriteSample(text, Name + "_bucket", labels, $"le=\"{bound}\"", count);
            }

            WriteSample(text, Name + "_sum", labels, null, cell.Sum);
            WriteSample(text, Name + "_count", labels, null, count);
        }

        private static void WriteSample(StringBuilder text, string name, string labels, string? more, double value)
        {
            text.Append(name);
            if (labels.Length > 0 || more is not null)
                text.Append('{').Append(labels).Append(labels.Length > 0 && more is not null ? "," : "").Append(more).Append('}');
            text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        private static int Bucket(double value)
        {
            var i = 0;
            while (i < Bounds.Length && value > Bounds[i])
                i++;
            return i;
        }

        private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = new StringBuilder();
            foreach (var (key, value) in tags)
            {
                if (text.Length > 0)
                    text.Append(',');
                text.Append(Sanitize(key)).Append("=\"");
                foreach (var c in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
                    _ = c switch { '\\' => text.Append(@"\\"), '"' => text.Append("\\\""), '\n' => text.Append(@"\n"), _ => text.Append(c) };
                text.Append('"');
            }

            return text.ToString();
        }

        /// <summary>Ours are named for Prometheus already; .NET's are translated: <c>dotnet.gc.heap.total_allocated</c> in bytes.</summary>
        private static string NameOf(Instrument instrument, Kind kind)
        {
            var name = Sanitize(instrument.Name);
            if (name.StartsWith("garam_", StringComparison.Ordinal))
                return name;
            var unit = instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", _ => "" };
            if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal))
                name += unit;
            return kind is Kind.Counter or Kind.ObservedCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
        }

        private static string Sanitize(string name)
        {
            var valid = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:");
            return name.AsSpan().ContainsAnyExcept(valid)
                ? string.Create(name.Length, name, (span, n) =>
                {
                    for (var i = 0; i < span.Length; i++)
                        span[i] = char.IsAsciiLetterOrDigit(n[i]) || n[i] is '_' or ':' ? n[i] : '_';
                })
                : name;
        }

        private sealed class Cell(int buckets)
        {
            public double Sum { get; set; }

            public long[] Buckets { get; } = new long[buckets];
        }
    }
}

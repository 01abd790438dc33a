using System.Collections;

namespace Garam.Decoding.Values;

/// <summary>
/// The metrics of one product: those its spec declares, then those its messages bring along.
/// </summary>
/// <remarks>
/// Indices are handed out once and never change. Writers take the lock; readers see the count after the entry it covers, so a decode
/// in one lane may add a metric while another lane reads.
/// </remarks>
internal sealed class MetricTable : IReadOnlyList<MetricDefinition>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, MetricKind Kind, string? Unit), int> _indices = [];
    private MetricDefinition[] _definitions = new MetricDefinition[16];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public MetricDefinition this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Volatile.Read(ref _definitions)[index];
        }
    }

    /// <summary>The index of a metric, new when it is not known; -1 when the product has as many as it may have.</summary>
    public int Declare(string name, MetricKind kind, string? unit = null, double? validMin = null, double? validMax = null)
    {
        lock (_gate)
        {
            if (_indices.TryGetValue((name, kind, unit), out var known)) return known;
            if (_count >= DecodingLimits.MetricsMax) return -1;
            if (_count == _definitions.Length)
            {
                var larger = new MetricDefinition[Math.Min(_count * 2, DecodingLimits.MetricsMax)];
                _definitions.CopyTo(larger, 0);
                Volatile.Write(ref _definitions, larger);
            }

            _definitions[_count] = new MetricDefinition(name, kind, unit, validMin, validMax);
            _indices.Add((name, kind, unit), _count);
            Volatile.Write(ref _count, _count + 1);
            return _count - 1;
        }
    }

    /// <summary>Every metric of a name, whatever its kind and unit.</summary>
    public int[] Named(string name)
    {
        lock (_gate) return [.. _indices.Where(entry => entry.Key.Name == name).Select(entry => entry.Value).Order()];
    }

    public IEnumerator<MetricDefinition> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

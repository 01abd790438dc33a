namespace Garam.TimeSeries.Queries;

/// <summary>Samples of one series in ascending time, growing.</summary>
internal sealed class SampleColumn
{
    private long[] times = [];
    private double[] values = [];
    private bool[] suspects = [];

    public int Count { get; private set; }

    public bool AnySuspect { get; private set; }

    public ReadOnlySpan<long> Times => times.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    public ReadOnlySpan<bool> Suspects => suspects.AsSpan(0, Count);

    public void Add(long time, double value, bool suspect)
    {
        if (Count == times.Length) Grow(Count + 1);
        times[Count] = time;
        values[Count] = value;
        suspects[Count++] = suspect;
        AnySuspect |= suspect;
    }

    public int LowerBound(long time)
    {
        var at = Times.BinarySearch(time);
        return at < 0 ? ~at : at;
    }

    public void EnsureCapacity(int count)
    {
        if (count > times.Length) Grow(count);
    }

    /// <summary>Both in time order; where both have a sample, the override's stands.</summary>
    public static SampleColumn Override(SampleColumn samples, SampleColumn overrides)
    {
        if (overrides.Count == 0) return samples;
        var merged = new SampleColumn();
        merged.EnsureCapacity(samples.Count + overrides.Count);
        int i = 0, j = 0;
        while (i < samples.Count || j < overrides.Count)
        {
            if (j == overrides.Count || (i < samples.Count && samples.times[i] < overrides.times[j]))
            {
                merged.AddFrom(samples, i++);
                continue;
            }

            if (i < samples.Count && samples.times[i] == overrides.times[j]) i++;
            merged.AddFrom(overrides, j++);
        }

        return merged;
    }

    /// <summary>Leaves out the removed samples that an override brought.</summary>
    public void DropRemoved()
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (Chunks.Cell.IsRemoved(values[i])) continue;
            (times[kept], values[kept], suspects[kept]) = (times[i], values[i], suspects[i]);
            kept++;
        }

        Count = kept;
    }

    public void AddFrom(SampleColumn source, int at) => Add(source.times[at], source.values[at], source.suspects[at]);

    private void Grow(int count)
    {
        var capacity = Math.Max(Math.Max(count, 16), times.Length * 2);
        Array.Resize(ref times, capacity);
        Array.Resize(ref values, capacity);
        Array.Resize(ref suspects, capacity);
    }
}

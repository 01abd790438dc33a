using System.Buffers;

namespace Garam.TimeSeries;

/// <summary>
/// Points in ascending time, as columns. The columns are borrowed: dispose the result when it is written out, and do not
/// keep the spans. A column that was not asked for is empty.
/// </summary>
public sealed class QueryResult : IDisposable
{
    private readonly double[]?[] columns = new double[8][];
    private long[] times;
    private bool[]? suspects;

    internal QueryResult(long stepUs, int capacity)
    {
        StepUs = stepUs;
        times = ArrayPool<long>.Shared.Rent(capacity);
        Capacity = capacity;
    }

    /// <summary>Interval of the points in microseconds; 0 for samples.</summary>
    public long StepUs { get; }

    /// <summary>Number of points.</summary>
    public int Count { get; internal set; }

    /// <summary>The series holds more in this range than one query may read; what is here is its oldest part.</summary>
    public bool IsTruncated { get; internal set; }

    /// <summary>Times of the samples or starts of the intervals, microseconds since the epoch.</summary>
    public ReadOnlySpan<long> Times => times.AsSpan(0, Count);

    /// <summary>The samples, or of intervals the first aggregate that was asked for (average before all).</summary>
    public ReadOnlySpan<double> Values => Column(0);

    /// <summary>Which samples are suspect; empty when none is, and for intervals.</summary>
    public ReadOnlySpan<bool> Suspects => suspects is null ? default : suspects.AsSpan(0, Count);

    internal int Capacity { get; }

    /// <summary>An aggregate of the intervals; empty when it was not asked for.</summary>
    public ReadOnlySpan<double> this[Aggregates aggregate] => Column(Index(aggregate));

    internal Span<long> WritableTimes => times.AsSpan(0, Capacity);

    internal Span<double> Writable(int column) => (columns[column] ??= ArrayPool<double>.Shared.Rent(Capacity)).AsSpan(0, Capacity);

    internal Span<bool> WritableSuspects => (suspects ??= ArrayPool<bool>.Shared.Rent(Capacity)).AsSpan(0, Capacity);

    internal static int Index(Aggregates aggregate) => 1 + System.Numerics.BitOperations.TrailingZeroCount((int)aggregate);

    /// <summary>Keeps the points with these indices, which ascend.</summary>
    internal void Keep(ReadOnlySpan<int> indices)
    {
        for (var i = 0; i < indices.Length; i++) times[i] = times[indices[i]];
        foreach (var column in columns)
        {
            if (column is null) continue;
            for (var i = 0; i < indices.Length; i++) column[i] = column[indices[i]];
        }

        if (suspects is not null)
            for (var i = 0; i < indices.Length; i++) suspects[i] = suspects[indices[i]];
        Count = indices.Length;
    }

    /// <summary>Gives the columns back.</summary>
    public void Dispose()
    {
        if (times.Length > 0) ArrayPool<long>.Shared.Return(times);
        times = [];
        Count = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is { } column) ArrayPool<double>.Shared.Return(column);
            columns[i] = null;
        }

        if (suspects is not null) ArrayPool<bool>.Shared.Return(suspects);
        suspects = null;
    }

    private ReadOnlySpan<double> Column(int index) => columns[index] is { } column ? column.AsSpan(0, Count) : default;
}

namespace Garam.Expressions.Windows;

/// <summary>
/// The newest samples of one source, exact and in order of time. Windows that reach no further are answered from here alone;
/// a sample that is pushed out goes into the buckets of the trackers. So short and sparse windows are exact, samples that come
/// out of order find their place, and a sample with a known time replaces the earlier one.
/// </summary>
internal sealed class SampleTail
{
    /// <summary>512 bytes. A window of up to 32 samples is exact; shared by all windows of a source.</summary>
    public const int Capacity = 32;

    private const int FirstCapacity = 4;

    private long[] _times = new long[FirstCapacity];
    private double[] _values = new double[FirstCapacity];

    public int Count { get; private set; }

    /// <summary>Time of the newest sample that was pushed out; every window that begins there or later is answered by the tail alone.</summary>
    public long NewestPushedOutUs { get; private set; } = long.MinValue;

    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Two arrays with their headers, and this object.</summary>
    public int EstimatedBytes => (_times.Length * 16) + 48 + 48;

    /// <summary>Puts a sample in its place. What had to leave, or was replaced, is in <paramref name="other"/>.</summary>
    public TailChange Insert(long timeUs, double value, out (long TimeUs, double Value) other)
    {
        other = default;
        var place = Count;
        while (place > 0 && _times[place - 1] > timeUs)
            place--;
        if (place > 0 && _times[place - 1] == timeUs)
        {
            other = (timeUs, _values[place - 1]);
            _values[place - 1] = value;
            return TailChange.Replaced;
        }

        if (Count < Capacity)
        {
            MakeRoom(place);
            (_times[place], _values[place]) = (timeUs, value);
            return TailChange.Added;
        }

        other = place == 0 ? (timeUs, value) : (_times[0], _values[0]);
        NewestPushedOutUs = Math.Max(NewestPushedOutUs, other.TimeUs);
        if (place == 0)
            return TailChange.PushedOut;
        Array.Copy(_times, 1, _times, 0, place - 1);
        Array.Copy(_values, 1, _values, 0, place - 1);
        (_times[place - 1], _values[place - 1]) = (timeUs, value);
        return TailChange.PushedOut;
    }

    /// <summary>True when every sample later than a time is here.</summary>
    public bool Covers(long afterUs) => NewestPushedOutUs <= afterUs;

    /// <summary>Index of the first sample later than a time; <see cref="Count"/> when there is none.</summary>
    public int FirstAfter(long timeUs)
    {
        if (Count == 0 || _times[0] > timeUs)
            return 0;
        var (low, high) = (1, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_times[middle] > timeUs)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private void MakeRoom(int place)
    {
        if (Count == _times.Length)
        {
            Array.Resize(ref _times, Count * 2);
            Array.Resize(ref _values, Count * 2);
        }

        Array.Copy(_times, place, _times, place + 1, Count - place);
        Array.Copy(_values, place, _values, place + 1, Count - place);
        Count++;
    }
}

namespace Garam.Expressions.Windows;

/// <summary>
/// Between which values all samples lie that any window of a source can still hold, and how many there are at most. Kept in two spells of time,
/// each longer than the longest window: the running one and the one before. So it is always wide enough, and costs two comparisons a sample.
/// </summary>
/// <param name="spanUs">Above what a window of the source can hold: its duration, and a bucket that expires late.</param>
internal struct SampleBounds(long spanUs)
{
    /// <summary>Of a source that is not observed.</summary>
    public static readonly SampleBounds Unknown = new(0) { Low = double.NaN, High = double.NaN, Count = double.NaN };

    private readonly long _spanUs = spanUs;
    private long _endUs = long.MinValue;
    private double _spellLow = double.PositiveInfinity;
    private double _spellHigh = double.NegativeInfinity;
    private double _spellCount;

    /// <summary>At most the least sample; +∞ without samples.</summary>
    public double Low { readonly get; private set; } = double.PositiveInfinity;

    /// <summary>At least the greatest sample; −∞ without samples.</summary>
    public double High { readonly get; private set; } = double.NegativeInfinity;

    /// <summary>At least the number of samples.</summary>
    public double Count { readonly get; private set; }

    public void Add(long timeUs, double value)
    {
        if (timeUs >= _endUs)
        {
            // What was before the spell that ends now is older than a whole spell.
            (Low, High, Count) = (_spellLow, _spellHigh, _spellCount);
            (_spellLow, _spellHigh, _spellCount, _endUs) = (double.PositiveInfinity, double.NegativeInfinity, 0, timeUs + _spanUs);
        }

        _spellCount++;
        Count++;
        if (value < _spellLow)
            (_spellLow, Low) = (value, Math.Min(Low, value));
        if (value > _spellHigh)
            (_spellHigh, High) = (value, Math.Max(High, value));
    }
}

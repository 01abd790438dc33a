namespace Garam.TimeSeries;

/// <summary>The interval of a query's points.</summary>
public readonly record struct QueryStep
{
    private const long AutoUs = -1;

    private QueryStep(long us) => Us = us;

    /// <summary>The samples as stored.</summary>
    public static QueryStep Raw => new(0);

    /// <summary>Samples while they are few for the number of points asked for, else the finest round interval that is not too fine.</summary>
    public static QueryStep Auto => new(AutoUs);

    /// <summary>Length in microseconds; 0 for samples.</summary>
    public long Us { get; }

    /// <summary>Whether the store chooses.</summary>
    public bool IsAuto => Us == AutoUs;

    /// <summary>Any interval from one microsecond on, counted from the Unix epoch.</summary>
    public static QueryStep Of(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.FromMicroseconds(1));
        return new QueryStep(length.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    internal static QueryStep OfUs(long us) => new(us);
}

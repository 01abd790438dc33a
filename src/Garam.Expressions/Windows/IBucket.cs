namespace Garam.Expressions.Windows;

/// <summary>A summary of the samples of one stretch of time. Adding and merging do not depend on the order.</summary>
internal interface IBucket<TSelf> : IEquatable<TSelf>
    where TSelf : struct, IBucket<TSelf>
{
    /// <summary>How many of them make a window; with their size, what a window costs.</summary>
    static abstract int PerWindow { get; }

    static abstract TSelf Empty { get; }

    void Add(long timeUs, double value);

    void Merge(in TSelf other);

    /// <summary>All of two spans together; the order does not matter.</summary>
    static virtual TSelf Total(ReadOnlySpan<TSelf> some, ReadOnlySpan<TSelf> others)
    {
        var total = TSelf.Empty;
        foreach (ref readonly var bucket in some)
            total.Merge(in bucket);
        foreach (ref readonly var bucket in others)
            total.Merge(in bucket);
        return total;
    }
}

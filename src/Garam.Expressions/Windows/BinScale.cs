namespace Garam.Expressions.Windows;

/// <summary>
/// Where bins lie: bin i of the main range, from 1, holds [(First + i − 1)·Width, (First + i)·Width); bin 0 what is below, the last
/// bin what is above. Widths are powers of two, so that keys halve and double exactly.
/// </summary>
/// <param name="Width">Width of a bin.</param>
/// <param name="First">Key of the first main bin: its lower edge in widths. A whole number.</param>
internal readonly record struct BinScale(double Width, double First)
{
    /// <summary>With ten groups, the most that keeps a window under 2 KB.</summary>
    public const int MainBins = 38;

    public const int Below = 0;

    public const int Above = MainBins + 1;

    /// <summary>A bin is never finer than this part of the values: a constant signal needs no splitting.</summary>
    private const double FinestPart = 1 << 16;

    private const double WidthMin = 1e-300;

    public bool CanSplit => Width > WidthMin && Math.Abs(First) + MainBins < FinestPart;

    /// <summary>A scale in which values between two limits take the middle half of the bins.</summary>
    public static BinScale For(double low, double high)
    {
        var magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        var width = Math.Max((high / (MainBins / 2)) - (low / (MainBins / 2)), Math.Max(WidthMin, magnitude / FinestPart));
        return new BinScale(Math.ScaleB(1, Math.ILogB(width) + 1), 0).CentredOn((low / 2) + (high / 2));
    }

    public static bool IsOuter(int bin) => bin is Below or Above;

    /// <summary>The same bins around a value; wider ones where a value is so large that it has no key in these.</summary>
    public BinScale CentredOn(double value) =>
        double.IsFinite(KeyOf(value)) ? this with { First = KeyOf(value) - (MainBins / 2) } : For(value, value);

    public double KeyOf(double value) => Math.Floor(value / Width);

    public int BinOf(double value) => BinOfKey(KeyOf(value));

    public int BinOfKey(double key)
    {
        var place = key - First;
        return place < 0 ? Below : place >= MainBins ? Above : (int)place + 1;
    }

    /// <summary>The value at a position from 0 to 1 inside a bin; outer bins reach to the extremes.</summary>
    public double ValueIn(int bin, double position, double lowest, double highest)
    {
        var low = (First + bin - 1) * Width;
        var high = low + Width;
        if (bin == Below)
            low = Math.Min(lowest, high);
        else if (bin == Above)
            high = Math.Max(highest, low);
        return Math.Min(Math.Max(low + ((high - low) * position), lowest), highest);
    }
}

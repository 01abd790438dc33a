namespace Garam.TimeSeries.Chunks;

/// <summary>
/// A row holds a cell for each series of its track; a series without a sample at that time has the absent cell: one
/// reserved NaN. Among late rows another one says that the sample there is removed; a commit makes it absent, so it never
/// stands on disk. A sample that carries exactly these bits is stored as the ordinary NaN, the only patterns not kept.
/// </summary>
internal static class Cell
{
    private const long AbsentBits = 0x7FF8_4741_5241_4D00; // quiet NaN, payload "GARAM"

    private const long RemovedBits = AbsentBits + 1;

    public static readonly double Absent = BitConverter.Int64BitsToDouble(AbsentBits);

    public static readonly double Removed = BitConverter.Int64BitsToDouble(RemovedBits);

    public static bool IsAbsent(double cell) => BitConverter.DoubleToInt64Bits(cell) == AbsentBits;

    public static bool IsRemoved(double cell) => BitConverter.DoubleToInt64Bits(cell) == RemovedBits;

    public static double From(double value) => IsAbsent(value) || IsRemoved(value) ? double.NaN : value;

    public static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}

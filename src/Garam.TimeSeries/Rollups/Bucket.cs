namespace Garam.TimeSeries.Rollups;

/// <summary>Samples of one series in one interval. A count of zero is an absent bucket.</summary>
/// <remarks>NaN samples count, and make the sum NaN; minimum and maximum pass over them while there is another.</remarks>
internal readonly record struct Bucket(long Count, double Sum, double Min, double Max, double First, double Last)
{
    public static double Least(double a, double b) => double.IsNaN(b) ? a : double.IsNaN(a) ? b : Math.Min(a, b);

    public static double Greatest(double a, double b) => double.IsNaN(b) ? a : double.IsNaN(a) ? b : Math.Max(a, b);
}

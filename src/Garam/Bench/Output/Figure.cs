using System.Globalization;

namespace Garam.Bench.Output;

/// <summary>How figures are written in tables.</summary>
internal static class Figure
{
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Decimal(double value, int digits = 2) =>
        double.IsFinite(value) ? value.ToString(digits == 0 ? "0" : $"0.{new string('0', digits)}", CultureInfo.InvariantCulture) : "-";

    public static string Bytes(double value) => value switch
    {
        >= 1e9 => $"{Decimal(value / 1e9)} GB",
        >= 1e6 => $"{Decimal(value / 1e6, 1)} MB",
        >= 1e3 => $"{Decimal(value / 1e3, 1)} kB",
        _ => $"{Decimal(value, 0)} B",
    };

    /// <summary>The middle value; the mean of the two middle ones of an even number; NaN of none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        return sorted.Length switch
        {
            0 => double.NaN,
            var n when n % 2 == 1 => sorted[n / 2],
            var n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2,
        };
    }
}

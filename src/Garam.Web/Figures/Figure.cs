using System.Globalization;

namespace Garam.Web.Figures;

/// <summary>Numbers for people: as many digits as can be read at a glance, in the reader's notation.</summary>
internal static class Figure
{
    public const string None = "—";

    private const double TooLong = 1e7;
    private const double TooSmall = 1e-3;

    /// <summary>About four digits; <see cref="None"/> for what is no number.</summary>
    public static string Short(double value, CultureInfo culture)
    {
        var size = Math.Abs(value);
        if (!double.IsFinite(value))
            return None;
        if (size >= TooLong || (size < TooSmall && size > 0))
            return value.ToString("0.##E0", culture);
        return value.ToString(size switch { >= 1000 => "#,0", >= 100 => "0.#", >= 1 => "0.##", _ => "0.###" }, culture);
    }

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Count(long value, CultureInfo culture) => value.ToString("#,0", culture);

    /// <summary>A share of one, in percent.</summary>
    public static string Share(double value, CultureInfo culture) => double.IsFinite(value) ? value.ToString("0.##%", culture) : None;

    /// <summary>Bytes in the largest unit that leaves a whole number.</summary>
    public static string Bytes(long bytes, CultureInfo culture) => bytes switch
    {
        >= 1L << 30 => (bytes / (double)(1L << 30)).ToString("0.0", culture) + " GB",
        >= 1L << 20 => (bytes / (double)(1L << 20)).ToString("0.0", culture) + " MB",
        >= 1L << 10 => (bytes / (double)(1L << 10)).ToString("0", culture) + " kB",
        _ => bytes.ToString(culture) + " B",
    };

    /// <summary>A coordinate of a drawing: always with a point, two digits behind it at most.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Garam.Packs.Fire.Alerts;

/// <summary>Numbers with a fixed number of decimals as Python writes them (<c>{x:.2f}</c>): a half goes to the even neighbour.</summary>
internal static class FixedPoint
{
    /// <param name="value">NaN is written as a dash.</param>
    /// <param name="digits">0 to 2.</param>
    public static string Text(double value, int digits)
    {
        if (double.IsNaN(value))
            return "–";
        // Only odd multiples of these fractions of two lie exactly between two neighbours; everything else .NET rounds as Python does.
        var half = value * (digits switch { 0 => 2, 1 => 4, _ => 8 });
        var rounded = Math.Abs(half) < 1e15 && Math.Abs(half % 2) == 1 ? (double)Math.Round((decimal)value, digits, MidpointRounding.ToEven) : value;
        return rounded.ToString(digits switch { 0 => "F0", 1 => "F1", _ => "F2" }, CultureInfo.InvariantCulture);
    }
}

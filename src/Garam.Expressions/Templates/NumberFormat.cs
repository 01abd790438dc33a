using System.Globalization;

namespace Garam.Expressions.Templates;

/// <summary>The formats a template may use: the custom numeric formats of .NET that are made of <c>0 # . , %</c>.</summary>
internal static class NumberFormat
{
    /// <summary>Longer ones serve nobody, and a long run of zeros would make long messages.</summary>
    private const int LengthMax = 24;

    public static bool IsValid(ReadOnlySpan<char> format) =>
        format.Length is > 0 and <= LengthMax && !format.ContainsAnyExcept("0#.,%") && format.ContainsAny('0', '#')
        && format.Count('.') <= 1;

    public static CultureInfo Culture => CultureInfo.InvariantCulture;
}

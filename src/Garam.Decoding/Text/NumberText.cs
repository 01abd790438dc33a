using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Garam.Decoding.Text;

/// <summary>
/// Reads decimal numbers from UTF-8, to the same double as <see cref="double.Parse(string)"/> in the invariant culture.
/// </summary>
/// <remarks>
/// Up to 15 significant digits and a power of ten up to 22 are exact in a double, so one multiplication or division is correctly rounded
/// (Clinger's fast path). Everything else goes to the runtime's parser.
/// </remarks>
internal static class NumberText
{
    private const int ExactDigits = 15;
    private const int PowerMax = 22;
    private const int TextMax = 1_024;

    private static readonly SearchValues<byte> Letters = SearchValues.Create("0123456789+-.eE"u8);

    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Reads the JSON number that begins the span; <paramref name="length"/> is what it takes. Leading zeros, a bare point and a bare
    /// exponent are no numbers, as in RFC 8259.
    /// </summary>
    public static NumberForm ReadJson(ReadOnlySpan<byte> text, out int length, out long whole, out double real)
    {
        var i = 0;
        var negative = !text.IsEmpty && text[0] == '-';
        if (negative) i = 1;
        var first = i;
        var mantissa = 0UL;
        uint digit;
        while ((uint)i < (uint)text.Length && (digit = text[i] - (uint)'0') <= 9)
        {
            mantissa = mantissa * 10 + digit;
            i++;
        }

        var digits = i - first;
        if (digits == 0 || (digits > 1 && text[first] == '0')) return None(i, out length, out whole, out real);
        if ((uint)i >= (uint)text.Length || (text[i] != '.' && (text[i] | 0x20) != 'e'))
        {
            length = i;
            whole = negative ? -(long)mantissa : (long)mantissa;
            real = whole;
            if (digits <= 18 && (whole != 0 || !negative)) return NumberForm.Whole;

            // JSON's -0 is a double's negative zero; more digits than a long has go the long way.
            whole = 0;
            return Slow(text[..i], out real);
        }

        var point = i;
        if (text[i] == '.')
        {
            i++;
            while ((uint)i < (uint)text.Length && (digit = text[i] - (uint)'0') <= 9)
            {
                mantissa = mantissa * 10 + digit;
                i++;
            }

            if (i == point + 1) return None(i, out length, out whole, out real);
            digits += i - point - 1;
        }

        // What is left of the places after the point when an exponent moves it.
        var power = text[point] == '.' ? point + 1 - i : 0;
        if ((uint)i < (uint)text.Length && (text[i] | 0x20) == 'e')
        {
            if (!ReadExponent(text, ref i, out var exponent)) return None(i, out length, out whole, out real);
            power += exponent;
        }

        length = i;
        whole = 0;
        if (digits > ExactDigits || power is > PowerMax or < -PowerMax) return Slow(text[..i], out real);
        real = power < 0 ? mantissa / Powers[-power] : mantissa * Powers[power];
        if (negative) real = -real;
        return NumberForm.Real;
    }

    private static NumberForm None(int at, out int length, out long whole, out double real)
    {
        (length, whole, real) = (at, 0, 0);
        return NumberForm.None;
    }

    /// <summary>Reads a text that is a number as a whole, as cells and quoted numbers write it: blanks around and a leading + are taken.</summary>
    public static NumberForm Parse(ReadOnlySpan<byte> text, out long whole, out double real)
    {
        text = text.Trim(" \t"u8);
        if (text.Length > 1 && text[0] == '+') text = text[1..];
        if (!text.IsEmpty)
        {
            var form = ReadJson(text, out var length, out whole, out real);
            if (form != NumberForm.None && length == text.Length) return form;
        }

        // "007" and "1." are numbers to the makers of CSV files; "NaN", "Infinity" and thousands separators are not.
        whole = 0;
        real = 0;
        if (text.IsEmpty || text.IndexOfAnyExcept(Letters) >= 0) return NumberForm.None;
        return Slow(text, out real);
    }

    private static bool ReadExponent(ReadOnlySpan<byte> text, ref int i, out int exponent)
    {
        exponent = 0;
        i++;
        var negative = false;
        if (i < text.Length && text[i] is (byte)'+' or (byte)'-') negative = text[i++] == '-';
        var first = i;
        while (i < text.Length && (uint)(text[i] - '0') <= 9)
        {
            // Beyond this every double is zero or infinite; the digits are only skipped.
            if (exponent < 100_000) exponent = exponent * 10 + (text[i] - '0');
            i++;
        }

        if (negative) exponent = -exponent;
        return i > first;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NumberForm Slow(ReadOnlySpan<byte> text, out double real)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        real = 0;
        if (text.Length > TextMax || !double.TryParse(text, styles, CultureInfo.InvariantCulture, out real)) return NumberForm.None;
        return double.IsFinite(real) ? NumberForm.Real : NumberForm.OutOfRange;
    }
}

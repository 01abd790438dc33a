using System.Globalization;
using System.Numerics;

namespace Garam.Decoding.Values;

/// <summary>An exact figure of a spec: <c>0.1</c>, <c>-40</c>, <c>1e-3</c>, <c>0x10</c> or a fraction such as <c>175.72/65536</c>.</summary>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    private const int ExponentMax = 60;

    public static Rational Zero => new(BigInteger.Zero, BigInteger.One);

    public static Rational One => new(BigInteger.One, BigInteger.One);

    public static bool TryParse(string text, out Rational value)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return TryParseDecimal(text, out value);
        value = default;
        if (!TryParseDecimal(text[..slash], out var above) || !TryParseDecimal(text[(slash + 1)..], out var below)) return false;
        if (below.Numerator.IsZero) return false;
        value = Reduced(above.Numerator * below.Denominator, above.Denominator * below.Numerator);
        return true;
    }

    public double ToDouble()
    {
        // Doubles of both halves are exact for every figure a person writes; beyond that the quotient is good to one part in 2^52.
        return (double)Numerator / (double)Denominator;
    }

    private static bool TryParseDecimal(string text, out Rational value)
    {
        value = default;
        text = text.Trim().Replace("_", "", StringComparison.Ordinal);
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            var hex = text.Length is > 2 and <= 18 && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits);
            if (hex) value = new Rational(ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), BigInteger.One);
            return hex;
        }

        var exponent = 0;
        var mark = text.IndexOfAny(['e', 'E']);
        if (mark >= 0)
        {
            if (!int.TryParse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)) return false;
            text = text[..mark];
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= text.Length - point - 1;
            text = text.Remove(point, 1);
        }

        if (text.Length is 0 or > 40 || Math.Abs(exponent) > ExponentMax) return false;
        if (!BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits)) return false;
        var power = BigInteger.Pow(10, Math.Abs(exponent));
        value = exponent < 0 ? Reduced(digits, power) : new Rational(digits * power, BigInteger.One);
        return true;
    }

    private static Rational Reduced(BigInteger above, BigInteger below)
    {
        if (below.Sign < 0) (above, below) = (-above, -below);
        var common = BigInteger.GreatestCommonDivisor(above, below);
        return new Rational(above / common, below / common);
    }
}

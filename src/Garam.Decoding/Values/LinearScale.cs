using System.Numerics;

namespace Garam.Decoding.Values;

/// <summary>
/// <c>raw × scale + bias</c>, in one rounding where the figures allow it.
/// </summary>
/// <remarks>
/// A spec's scale is nearly always a decimal (0.1) or a fraction (175.72/65536). Neither 0.1 nor 0.1 × 3 is exact in binary: 3 × 0.1 gives
/// 0.30000000000000004, which stores and prints badly. So scale and bias become one fraction of integers, (raw × n + b) / d: the numerator
/// is exact below 2^53 and the division is the only rounding, which gives the double nearest to the decimal figure. Figures that do not fit
/// fall back to plain doubles.
/// </remarks>
internal readonly struct LinearScale
{
    private const long ExactMax = 1L << 53;
    private readonly long _numerator;
    private readonly long _bias;
    private readonly double _divisor;
    private readonly double _plainScale;
    private readonly double _plainBias;
    private readonly long _rawMax;

    public LinearScale(Rational scale, Rational bias)
    {
        _plainScale = scale.ToDouble();
        _plainBias = bias.ToDouble();
        var common = BigInteger.GreatestCommonDivisor(scale.Denominator, bias.Denominator);
        var denominator = scale.Denominator / common * bias.Denominator;
        var n = scale.Numerator * (denominator / scale.Denominator);
        var b = bias.Numerator * (denominator / bias.Denominator);
        if (denominator > ExactMax || BigInteger.Abs(n) > ExactMax || BigInteger.Abs(b) > ExactMax / 2) return;
        _numerator = (long)n;
        _bias = (long)b;
        _divisor = (double)denominator;
        _rawMax = _numerator == 0 ? long.MaxValue : (ExactMax / 2) / Math.Abs(_numerator);
    }

    public double Apply(long raw) =>
        raw <= _rawMax && raw >= -_rawMax && _divisor != 0
            ? (raw * _numerator + _bias) / _divisor
            : raw * _plainScale + _plainBias;

    public double Apply(double raw)
    {
        // A whole number in a message is as exact as one in a register.
        var whole = (long)raw;
        if (whole == raw && whole <= _rawMax && whole >= -_rawMax && _divisor != 0) return (whole * _numerator + _bias) / _divisor;
        return _divisor != 0 ? (raw * _numerator + _bias) / _divisor : raw * _plainScale + _plainBias;
    }
}

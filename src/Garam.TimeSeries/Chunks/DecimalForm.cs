namespace Garam.TimeSeries.Chunks;

/// <summary>
/// Doubles as whole numbers and one exponent. Exact or not at all: every value is checked bit by bit, so -0.0, NaN,
/// infinities and numbers with more digits do not fit and the answer is false.
/// </summary>
internal readonly record struct DecimalForm(DecimalRounding Rounding, int Exponent)
{
    /// <summary>Six decimals cover what sensors send; each further one costs a pass over values that will not fit anyway.</summary>
    public const int ExponentMax = 6;

    private const double WholeMax = 9007199254740992; // 2^53: above it not every whole number is a double

    private static readonly double[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
    private static readonly double[] Fractions = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    public static double Power(int exponent) => Powers[exponent];

    /// <summary>Finds the smallest exponent that holds all values and fills <paramref name="whole"/>.</summary>
    public static bool TryScale(ReadOnlySpan<double> values, Span<long> whole, out DecimalForm form)
    {
        if (TryScale(values, whole, DecimalRounding.Divide, out form)) return true;
        if (values.IsEmpty) return false;
        if ((double)(float)values[0] == values[0] && TryScale(values, whole, DecimalRounding.Single, out form)) return true;
        return TryScale(values, whole, DecimalRounding.Multiply, out form);
    }

    /// <summary>As the other, with one rounding only.</summary>
    public static bool TryScale(ReadOnlySpan<double> values, Span<long> whole, DecimalRounding rounding, out DecimalForm form)
    {
        form = new DecimalForm(rounding, 0);
        for (var i = 0; i < values.Length; i++)
        {
            while (!form.TryWhole(values[i], out whole[i]))
            {
                if (form.Exponent == ExponentMax) return false;
                form = form with { Exponent = form.Exponent + 1 };
            }

            // The exponent grew: what was scaled with the smaller one is redone, once, after all are seen.
        }

        if (form.Exponent == 0) return true;
        for (var i = 0; i < values.Length; i++)
            if (!form.TryWhole(values[i], out whole[i])) return false;
        return true;
    }

    /// <summary>The whole number that stands for <paramref name="value"/>, when one does exactly.</summary>
    public bool TryWhole(double value, out long whole)
    {
        var power = Powers[Exponent];
        var rounded = Math.Round(value * power);
        if (!(Math.Abs(rounded) <= WholeMax))
        {
            whole = 0;
            return false;
        }

        whole = (long)rounded;
        var back = Rounding == DecimalRounding.Divide ? whole / power : Value(whole);
        return BitConverter.DoubleToInt64Bits(back) == BitConverter.DoubleToInt64Bits(value);
    }

    public double Value(long whole) => Rounding switch
    {
        DecimalRounding.Divide => whole / Powers[Exponent],
        DecimalRounding.Multiply => whole * Fractions[Exponent],
        _ => (float)(whole / Powers[Exponent]),
    };

    public void Values(ReadOnlySpan<long> whole, Span<double> values)
    {
        if (Rounding == DecimalRounding.Divide)
        {
            var power = Powers[Exponent];
            for (var i = 0; i < whole.Length; i++) values[i] = whole[i] / power;
            return;
        }

        for (var i = 0; i < whole.Length; i++) values[i] = Value(whole[i]);
    }

    public byte ToByte() => (byte)(Exponent | ((int)Rounding << 4));

    public static bool TryParse(byte value, out DecimalForm form)
    {
        form = new DecimalForm((DecimalRounding)(value >> 4), value & 0x0F);
        return value >> 4 <= (int)DecimalRounding.Single && form.Exponent <= ExponentMax;
    }
}

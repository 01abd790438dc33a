using Garam.TimeSeries.Chunks;

namespace Garam.TimeSeries.Rollups;

/// <summary>
/// A sum that does not depend on how its terms were grouped: while all terms are decimals of up to six places the sum
/// is kept as a whole number and is the decimal sum, correctly rounded (so 0.1 + 0.2 is 0.3, and an hour is the same from
/// minutes as from samples). Else it is a compensated sum (Neumaier 1974), good to about the last bit.
/// </summary>
internal struct ExactSum
{
    private const long WholeMax = 1L << 53;

    private bool notDecimal;
    private int exponent;
    private long whole;
    private double sum;
    private double compensation;

    public readonly double Value
    {
        get
        {
            if (!notDecimal) return whole / DecimalForm.Power(exponent);
            var compensated = sum + compensation;
            return double.IsFinite(compensated) ? compensated : sum;
        }
    }

    public void Add(double value)
    {
        var next = sum + value;
        compensation += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
        sum = next;
        if (!notDecimal) AddDecimal(value);
    }

    private void AddDecimal(double value)
    {
        long term;
        while (!new DecimalForm(DecimalRounding.Divide, exponent).TryWhole(value, out term))
        {
            if (exponent == DecimalForm.ExponentMax || Math.Abs(whole) > WholeMax / 10)
            {
                notDecimal = true;
                return;
            }

            exponent++;
            whole *= 10;
        }

        whole += term;
        if (Math.Abs(whole) > WholeMax) notDecimal = true;
    }
}

namespace Garam.Packs.Fire.Analytics;

/// <summary>The statistics of the document, with the meaning that its library (numpy) gives them.</summary>
internal static class Trend
{
    /// <summary>
    /// <c>calculate_trend</c>: the slope, a reading, of the straight line of least squares; 0 with fewer than 3 values. Values are oldest
    /// first, so that a rise is positive.
    /// </summary>
    public static double Slope(ReadOnlySpan<double> values)
    {
        if (values.Length < 3)
            return 0;
        var middle = (values.Length - 1) / 2.0;
        // Around the first value, so that a level far from zero costs no digits.
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            products += (i - middle) * (values[i] - values[0]);
            squares += (i - middle) * (i - middle);
        }

        return products / squares;
    }

    /// <summary><c>calculate_velocity</c>: the mean of the differences from each value to the next; 0 with fewer than 2.</summary>
    public static double Velocity(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
            return 0;
        var differences = new double[values.Length - 1];
        for (var i = 0; i < differences.Length; i++)
            differences[i] = values[i + 1] - values[i];
        return Mean(differences);
    }

    /// <summary><c>np.mean</c>; NaN of nothing.</summary>
    public static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    /// <summary><c>np.std</c>, of the population (divided by n); NaN of nothing.</summary>
    public static double Deviation(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        var squares = new double[values.Length];
        for (var i = 0; i < squares.Length; i++)
            squares[i] = (values[i] - mean) * (values[i] - mean);
        return Math.Sqrt(Mean(squares));
    }

    /// <summary>
    /// <c>np.sum</c>: in the order of numpy (eight running sums, halves beyond 128 values), because a mean of 0.6 must fall on the same side of
    /// a limit as in the document.
    /// </summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        const int Lanes = 8;
        const int Block = 128;
        if (values.Length > Block)
        {
            var half = values.Length / 2;
            half -= half % Lanes;
            return Sum(values[..half]) + Sum(values[half..]);
        }

        var (sum, next) = (0.0, 0);
        if (values.Length >= Lanes)
        {
            Span<double> lanes = stackalloc double[Lanes];
            values[..Lanes].CopyTo(lanes);
            for (next = Lanes; next + Lanes <= values.Length; next += Lanes)
            {
                for (var lane = 0; lane < Lanes; lane++)
                    lanes[lane] += values[next + lane];
            }

            sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        }

        for (; next < values.Length; next++)
            sum += values[next];
        return sum;
    }
}

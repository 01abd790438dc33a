using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Garam.Packs.Fire.Analytics;

/// <summary>
/// The document's <c>detect_periodicity</c>: whether one frequency stands out. Frequencies are in cycles a reading and numbered as numpy's
/// <c>fftfreq</c> does, where half a cycle is −0.5.
/// </summary>
/// <param name="IsPeriodic">The greatest magnitude is more than twice the mean of all, the constant part among them.</param>
/// <param name="Period">In readings; null with fewer than 10 values.</param>
/// <param name="DominantFrequency">Null with fewer than 10 values.</param>
internal sealed record Periodicity(bool IsPeriodic, double? Period, double? DominantFrequency)
{
    private const int ValuesMin = 10;

    /// <summary>Equal magnitudes differ by rounding; the lower frequency is meant then.</summary>
    private const double Tie = 1 + 1e-9;

    public static Periodicity Of(ReadOnlySpan<double> values)
    {
        if (values.Length < ValuesMin)
            return new Periodicity(false, null, null);
        var spectrum = new Complex[values.Length];
        for (var i = 0; i < values.Length; i++)
            spectrum[i] = values[i];
        Fourier.Forward(spectrum, FourierOptions.Matlab);

        var magnitudes = new double[spectrum.Length];
        for (var i = 0; i < spectrum.Length; i++)
            magnitudes[i] = spectrum[i].Magnitude;
        var dominant = 1;
        for (var i = 2; i < magnitudes.Length; i++)
        {
            if (magnitudes[i] > magnitudes[dominant] * Tie)
                dominant = i;
        }

        var cycles = dominant < (values.Length + 1) / 2 ? dominant : dominant - values.Length;
        var frequency = (double)cycles / values.Length;
        return new Periodicity(magnitudes[dominant] > Trend.Mean(magnitudes) * 2, 1 / Math.Abs(frequency), frequency);
    }
}

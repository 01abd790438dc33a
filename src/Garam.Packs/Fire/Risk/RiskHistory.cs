using Garam.Packs.Fire.Analytics;

namespace Garam.Packs.Fire.Risk;

/// <summary>
/// The last readings of one device and what they make of a risk (2.1, <c>get_historical_context</c>): those of the hour up to a reading, that
/// one included, the newest 20 of them. Allocates nothing after it is made; one caller at a time.
/// </summary>
/// <remarks>
/// Kept are the 20 newest by their own time, so a late reading sees those of them that lie before it. A second reading of the same time takes
/// the place of the first, as in the document's table.
/// </remarks>
internal sealed class RiskHistory
{
    /// <summary>The document looks at no more.</summary>
    public const int ReadingsMax = 20;

    /// <summary>With fewer the document knows no modifier.</summary>
    private const int ReadingsMin = 5;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private static readonly long WindowUs = Window.Ticks / TimeSpan.TicksPerMicrosecond;

    // One more than is kept, for the moment between adding one and dropping the oldest. Oldest first.
    private readonly Entry[] _entries = new Entry[ReadingsMax + 1];
    private int _count;

    /// <summary>Takes up a reading; NaN for what it lacks.</summary>
    public void Add(long timeUs, double boardTemperature, double arcs, double totalRisk)
    {
        var entry = new Entry(timeUs, boardTemperature, arcs, totalRisk);
        var at = _count;
        while (at > 0 && _entries[at - 1].TimeUs > timeUs)
            at--;
        if (at > 0 && _entries[at - 1].TimeUs == timeUs)
        {
            _entries[at - 1] = entry;
            return;
        }

        Array.Copy(_entries, at, _entries, at + 1, _count - at);
        _entries[at] = entry;
        if (++_count <= ReadingsMax)
            return;
        Array.Copy(_entries, 1, _entries, 0, ReadingsMax);
        _count = ReadingsMax;
    }

    /// <summary>What the hour up to a time makes of the risk: 1 to 1.6; 1 when there are fewer than 5 readings in it.</summary>
    public double ModifierAt(long timeUs)
    {
        Span<double> temperatures = stackalloc double[ReadingsMax];
        Span<double> risks = stackalloc double[ReadingsMax];
        var (readings, warm, risky, arcs) = (0, 0, 0, 0.0);
        for (var i = 0; i < _count; i++)
        {
            ref readonly var entry = ref _entries[i];
            if (entry.TimeUs > timeUs || entry.TimeUs < timeUs - WindowUs)
                continue;
            readings++;
            if (!double.IsNaN(entry.BoardTemperature))
                temperatures[warm++] = entry.BoardTemperature;
            if (!double.IsNaN(entry.TotalRisk))
                risks[risky++] = entry.TotalRisk;
            if (!double.IsNaN(entry.Arcs))
                arcs += entry.Arcs;
        }

        if (readings < ReadingsMin)
            return 1.0;
        var modifier = 1.0;
        if (Trend.Slope(temperatures[..warm]) > 0.1)
            modifier += 0.2;
        if (arcs > 10)
            modifier += 0.3;
        // The document takes 0.5 when no risk is known, which changes nothing here.
        if (Trend.Mean(risks[..risky]) > 0.6)
            modifier += 0.1;
        return Math.Min(2.0, modifier);
    }

    private readonly record struct Entry(long TimeUs, double BoardTemperature, double Arcs, double TotalRisk);
}

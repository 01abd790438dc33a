namespace Garam.Simulate;

/// <summary>
/// Plausible signals as pure functions of a seed, a key and the time: noise is hashed, not drawn from a generator with a
/// state, so that any moment can be computed alone.
/// </summary>
/// <param name="seed">Of the simulation.</param>
/// <param name="key">Tells devices apart.</param>
internal readonly struct Wave(ulong seed, int key)
{
    private readonly ulong _state = Mix(seed + 0x9E3779B97F4A7C15 * (ulong)(uint)(key + 1));

    /// <summary>A value that belongs to the device for good, 0 to 1.</summary>
    public double Trait(int channel) => Unit(channel, long.MinValue);

    /// <summary>Smooth noise between -1 and 1 that changes its course about once a period.</summary>
    public double Drift(int channel, DateTimeOffset at, TimeSpan period)
    {
        var position = (double)at.UtcTicks / period.Ticks + Trait(channel);
        var slot = (long)Math.Floor(position);
        var part = position - slot;
        var weight = part * part * (3 - 2 * part);
        return 2 * (Unit(channel, slot) * (1 - weight) + Unit(channel, slot + 1) * weight) - 1;
    }

    /// <summary>Noise between -1 and 1 without memory, most of it near 0, a new value each millisecond.</summary>
    public double Jitter(int channel, DateTimeOffset at)
    {
        var slot = at.UtcTicks / TimeSpan.TicksPerMillisecond;
        return Unit(channel, slot) + Unit(channel + 1000, slot) - 1;
    }

    /// <summary>0 to 1, a new value each slot of time.</summary>
    public double Dice(int channel, DateTimeOffset at, TimeSpan slot) => Unit(channel, at.UtcTicks / slot.Ticks);

    /// <summary>The course of a day in UTC, -1 (four in the morning) to 1 (four in the afternoon).</summary>
    public static double Day(DateTimeOffset at) => -Math.Cos((at.UtcDateTime.TimeOfDay.TotalHours - 4) / 24 * 2 * Math.PI);

    private double Unit(int channel, long slot) =>
        (Mix(_state ^ Mix((ulong)slot + 0xD1B54A32D192ED03 * (ulong)(uint)(channel + 1))) >> 11) * (1.0 / (1UL << 53));

    // SplitMix64's finaliser: every input bit moves every output bit.
    private static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }
}

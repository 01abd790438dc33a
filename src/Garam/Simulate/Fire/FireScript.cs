namespace Garam.Simulate.Fire;

/// <summary>
/// What happens to which detector when. Most profiles concern one detector in five, the first among them, in cycles of two minutes (slow overheating: ten,
/// a lost link: eight): the trouble rises for forty seconds, stays for fifty and goes. Pure.
/// </summary>
internal static class FireScript
{
    /// <summary>Detectors of one building.</summary>
    public const int DetectorsPerSite = 5;

    private static readonly TimeSpan Cycle = TimeSpan.FromMinutes(2);
    /// <summary>Long enough to be cool most of the time: heat is told from what the last hour was like.</summary>
    private static readonly TimeSpan HeatCycle = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan StoryCycle = TimeSpan.FromSeconds(150);

    /// <summary>Longer than the five minutes of silence that are an alarm.</summary>
    private static readonly TimeSpan LossCycle = TimeSpan.FromMinutes(8);

    /// <param name="begin">When the story is told from its beginning; other profiles follow the clock alone.</param>
    public static FireTrouble At(FireProfile profile, int source, DateTimeOffset at, DateTimeOffset begin = default)
    {
        if (profile == FireProfile.Story)
            return Story(source, Seconds(at - begin, StoryCycle, 0));
        if (profile == FireProfile.Normal || (profile == FireProfile.Cluster ? source >= DetectorsPerSite : source % DetectorsPerSite != 0))
            return default;
        var clock = at - default(DateTimeOffset);
        // Those of a site share their trouble, others are shifted.
        var shift = profile == FireProfile.Cluster ? 0 : 0.31 * (source / DetectorsPerSite);
        if (profile == FireProfile.CommLoss)
            return Seconds(clock, LossCycle, shift) is var loss && loss < 40 ? new FireTrouble(IsLinkLost: true) : new FireTrouble(IsSilent: loss < 400);

        if (profile == FireProfile.Overheating)
        {
            var heat = Ramp(Seconds(clock, HeatCycle, shift), 240, 360, 420, 460);
            return new FireTrouble(Heat: heat, Smoke: 0.25 * heat);
        }

        var much = Ramp(Seconds(clock, Cycle, shift), 0, 40, 90, 105);
        return profile switch
        {
            FireProfile.Arcing => new FireTrouble(Arcs: much),
            FireProfile.Leakage => new FireTrouble(Leakage: much),
            FireProfile.Gas => new FireTrouble(Smoke: much),
            FireProfile.Dropout => new FireTrouble(IsGasSensorLost: much > 0),
            _ => new FireTrouble(Heat: much, Arcs: much, Smoke: much),
        };
    }

    /// <summary>
    /// A site of four within two and a half minutes: one detector's insulation fails for a while, then a contact of another one becomes a fire,
    /// from warm and sparking to critical, its neighbour catches it, and the site calms down.
    /// </summary>
    private static FireTrouble Story(int source, double second) => (source % 4) switch
    {
        0 => Fire(Ramp(second, 30, 95, 122, 136)),
        1 => Fire(Ramp(second, 75, 105, 118, 130)),
        2 => new FireTrouble(Leakage: Ramp(second, 8, 14, 34, 40)),
        _ => new FireTrouble(IsGasSensorLost: second is > 50 and < 75),
    };

    private static FireTrouble Fire(double much) => new(much, Math.Max(0, (much - 0.3) / 0.7), 0, Math.Max(0, (much - 0.4) / 0.6));

    /// <summary>0 to 1 and back: rises from one second to the next, stays, falls.</summary>
    private static double Ramp(double second, double from, double full, double until, double end) =>
        second <= from || second >= end ? 0
        : second < full ? (second - from) / (full - from)
        : second < until ? 1
        : (end - second) / (end - until);

    private static double Seconds(TimeSpan passed, TimeSpan cycle, double shift)
    {
        var position = (double)passed.Ticks / cycle.Ticks + shift;
        return (position - Math.Floor(position)) * cycle.TotalSeconds;
    }
}

namespace Garam.Platform.Notifications;

/// <summary>Growing breaks between tries.</summary>
internal static class Backoff
{
    /// <param name="tries">From 0: each doubles the break.</param>
    /// <param name="random">A fifth more or less, so that what failed together does not come back together.</param>
    public static TimeSpan Of(int tries, TimeSpan first, TimeSpan longest, Random random)
    {
        var grown = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(tries, 30)), longest.TotalSeconds);
        return TimeSpan.FromSeconds(grown * (0.8 + (0.4 * random.NextDouble())));
    }
}

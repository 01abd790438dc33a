using System.Collections.Immutable;

namespace Garam.Platform.Alarms.Quiet;

/// <summary>All shelvings and maintenance windows at one moment. Immutable.</summary>
public sealed record QuietTimes(ImmutableArray<Shelving> Shelvings, ImmutableArray<MaintenanceWindow> Windows)
{
    /// <summary>Of each kind at most: every raise looks at all of them.</summary>
    public const int CountMax = 10_000;

    /// <summary>Why nobody is told of an alarm now; null when people are.</summary>
    internal string? Reason(LiveAlarm alarm, long atUs)
    {
        foreach (var shelving in Shelvings)
        {
            if (shelving.Covers(alarm, atUs))
                return shelving.Reason;
        }

        foreach (var window in Windows)
        {
            if (window.Covers(alarm, atUs))
                return window.Reason;
        }

        return null;
    }

    /// <summary>The numbers of those that are active: when they differ from before, some alarm may be told or shelved now.</summary>
    internal ImmutableArray<long> Active(long atUs) =>
        [.. Shelvings.Where(s => atUs < s.UntilUs).Select(s => s.Id), .. Windows.Where(w => w.IsActive(atUs)).Select(w => w.Id)];

    /// <summary>Those that are over.</summary>
    internal IEnumerable<long> Over(long atUs) =>
        Shelvings.Where(s => atUs >= s.UntilUs).Select(s => s.Id).Concat(Windows.Where(w => w.IsOver(atUs)).Select(w => w.Id));

    internal QuietTimes Without(long id) => new(Shelvings.RemoveAll(s => s.Id == id), Windows.RemoveAll(w => w.Id == id));
}

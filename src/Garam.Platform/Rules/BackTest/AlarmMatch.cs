namespace Garam.Platform.Rules.BackTest;

/// <summary>Finds the alarm of another list that stands for the same thing: same rule, same subject, overlapping in time.</summary>
/// <remarks>Two that lie close are the same too: another <c>for</c> or limit moves the begin by some readings.</remarks>
internal sealed class AlarmMatch<T>(IEnumerable<T> alarms, Func<T, (string Rule, string Subject)> key, Func<T, (long From, long To)> span)
{
    /// <summary>Five minutes: some readings of the slowest devices, far below the time between two incidents.</summary>
    private const long SlackUs = 300_000_000;

    private readonly Dictionary<(string Rule, string Subject), List<T>> _byKey =
        alarms.GroupBy(key).ToDictionary(g => g.Key, g => g.OrderBy(a => span(a).From).ToList());

    /// <summary>All that stand for the same thing, oldest first; empty when none does.</summary>
    public IEnumerable<T> Find(string rule, string subject, long fromUs, long toUs) =>
        _byKey.TryGetValue((rule, subject), out var list)
            ? list.SkipWhile(a => span(a).To < fromUs - SlackUs).TakeWhile(a => span(a).From <= toUs + SlackUs).Where(a => span(a).To >= fromUs - SlackUs)
            : [];
}

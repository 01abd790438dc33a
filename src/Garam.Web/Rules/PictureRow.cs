using Garam.Platform.Rest;
using Garam.Platform.Rules.BackTest;

namespace Garam.Web.Rules;

/// <summary>A row of a back-test's picture: what one rule, or one device, would have raised, as bars on the time axis.</summary>
/// <param name="Name">The rule or the device.</param>
/// <param name="Draft">Of the draft.</param>
/// <param name="Live">Of the live version.</param>
internal sealed record PictureRow(string Name, IReadOnlyList<PictureBar> Draft, IReadOnlyList<PictureBar> Live, int DraftCount, int LiveCount)
{
    /// <summary>Units of the axis: the picture is drawn on a thousand and stretched.</summary>
    public const double Width = 1_000;

    /// <summary>What fills less than a third of the axis is drawn larger.</summary>
    private const int SmallPart = 3;

    /// <summary>An alarm of a moment is this wide, so that it is seen.</summary>
    private const double WidthMin = 5;

    /// <summary>The rows of a report, those with most to see first.</summary>
    /// <param name="byDevice">A row a device (or group) rather than a row a rule.</param>
    /// <param name="axis">The time that is drawn.</param>
    public static IReadOnlyList<PictureRow> Of(BackTestReport report, TimeRange axis, bool byDevice)
    {
        var draft = report.Raised.ToLookup(Name, StringComparer.Ordinal);
        var live = report.LiveRaised.ToLookup(Name, StringComparer.Ordinal);
        var names = draft.Select(g => g.Key).Concat(live.Select(g => g.Key)).Distinct(StringComparer.Ordinal);
        if (!byDevice)
            names = report.Rules.Select(r => r.Rule).Where(r => draft.Contains(r) || live.Contains(r));
        return [.. names
            .Select(name => new PictureRow(
                name, Bars(draft[name], axis), Bars(live[name], axis), draft[name].Count(), live[name].Count()))
            .OrderByDescending(r => r.Draft.Concat(r.Live).Any(b => !b.IsShared)).ThenByDescending(r => r.DraftCount + r.LiveCount).ThenBy(r => r.Name, StringComparer.Ordinal)];

        string Name(BackTestAlarm alarm) => byDevice ? alarm.Subject : alarm.Rule;
    }

    /// <summary>The time worth drawing: the whole range, or the part of it where something is raised when that is a small one.</summary>
    public static TimeRange Axis(BackTestReport report)
    {
        var all = report.Raised.Concat(report.LiveRaised).ToList();
        if (all.Count == 0)
            return new TimeRange(report.FromUs, report.ToUs);
        var (from, to) = (all.Min(a => a.RaisedUs), all.Max(a => a.ClearedUs ?? report.ToUs));
        var margin = Math.Max(60_000_000, (to - from) / 20);
        (from, to) = (Math.Max(report.FromUs, from - margin), Math.Min(report.ToUs, to + margin));
        return (to - from) * SmallPart < report.ToUs - report.FromUs ? new TimeRange(from, to) : new TimeRange(report.FromUs, report.ToUs);
    }

    /// <summary>Alarms as bars, those of one version alone last, so that they are drawn on top.</summary>
    private static List<PictureBar> Bars(IEnumerable<BackTestAlarm> alarms, TimeRange axis)
    {
        var bars = new List<PictureBar>();
        foreach (var group in alarms.GroupBy(a => a.IsShared).OrderByDescending(g => g.Key))
            bars.AddRange(Merged(group, group.Key, axis));
        return bars;
    }

    /// <summary>Those that would stand on each other become one, so that their number is bounded by the picture's width.</summary>
    private static List<PictureBar> Merged(IEnumerable<BackTestAlarm> alarms, bool isShared, TimeRange axis)
    {
        var span = (double)Math.Max(1, axis.ToUs - axis.FromUs);
        var bars = new List<PictureBar>();
        foreach (var alarm in alarms)
        {
            var from = Math.Clamp((alarm.RaisedUs - axis.FromUs) / span * Width, 0, Width - WidthMin);
            var to = Math.Clamp(((alarm.ClearedUs ?? axis.ToUs) - axis.FromUs) / span * Width, from + WidthMin, Width);
            if (bars.Count > 0 && bars[^1] is var last && from <= last.To + 1)
                bars[^1] = last with { To = Math.Max(last.To, to), Count = last.Count + 1 };
            else
                bars.Add(new PictureBar(from, to, isShared, 1));
        }

        return bars;
    }
}

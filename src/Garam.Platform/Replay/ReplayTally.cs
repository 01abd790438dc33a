using System.Globalization;
using System.Runtime.InteropServices;
using Garam.Platform.Pipeline;

namespace Garam.Platform.Replay;

/// <summary>Adds up what a replay changes. Not thread-safe: a replay works on one device at a time.</summary>
internal sealed class ReplayTally
{
    /// <summary>Rows of the report: enough to look at, and ten thousand devices stay an answer of a few hundred kilobytes.</summary>
    public const int RowsMax = 1_000;

    /// <summary>Metrics told apart; beyond them only the totals count on. Ten thousand devices of ten metrics.</summary>
    private const int MetricsMax = 100_000;

    private const int ExamplesMax = 3;

    private readonly Dictionary<(string Device, string Metric), Row> _rows = [];
    private readonly Dictionary<string, long> _moves = new(StringComparer.Ordinal);
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);

    public long Messages { get; set; }

    public long Skipped { get; set; }

    public long Expired { get; set; }

    public long Added { get; private set; }

    public long Changed { get; private set; }

    public long Removed { get; private set; }

    public long Changes => Added + Changed + Removed;

    /// <summary>Time of the earliest reading that was decoded again; <see cref="long.MaxValue"/> before one was.</summary>
    public long EarliestUs { get; private set; } = long.MaxValue;

    /// <summary>Time of the newest.</summary>
    public long NewestUs { get; private set; } = long.MinValue;

    public void Reading(long timeUs)
    {
        EarliestUs = Math.Min(EarliestUs, timeUs);
        NewestUs = Math.Max(NewestUs, timeUs);
    }

    public void Device(string id) => _devices.Add(id);

    public void Add(string device, string metric, long timeUs, double? before, double? after) =>
        Add(device, metric, timeUs, before?.ToString(CultureInfo.InvariantCulture), after?.ToString(CultureInfo.InvariantCulture));

    /// <param name="before">Null when there was no sample.</param>
    /// <param name="after">Null when there is none any more.</param>
    public void Add(string device, string metric, long timeUs, string? before, string? after)
    {
        if (before is null)
            Added++;
        else if (after is null)
            Removed++;
        else
            Changed++;
        if (_rows.Count >= MetricsMax && !_rows.ContainsKey((device, metric)))
            return;
        var row = CollectionsMarshal.GetValueRefOrAddDefault(_rows, (device, metric), out _) ??= new Row();
        row.Count(before, after);
        if (row.Examples.Count < ExamplesMax)
            row.Examples.Add(new ChangeExample(timeUs, before, after));
    }

    public void Move(MessageState from, MessageState to)
    {
        var name = $"{Name(from)} to {Name(to)}";
        _moves[name] = _moves.GetValueOrDefault(name) + 1;
    }

    public ReplayReport Report(bool isDryRun, long? logBeginsUs) => new(
        isDryRun, Messages, Skipped, Expired, _devices.Count, Added, Changed, Removed, _moves,
        [.. _rows.Select(r => new MetricChange(r.Key.Device, r.Key.Metric, r.Value.Added, r.Value.Changed, r.Value.Removed, r.Value.Examples))
            .OrderByDescending(c => c.Total).ThenBy(c => c.DeviceId, StringComparer.Ordinal).ThenBy(c => c.Metric, StringComparer.Ordinal).Take(RowsMax)],
        logBeginsUs);

    private static string Name(MessageState state) => state.ToString().ToLowerInvariant();

    private sealed class Row
    {
        public long Added { get; private set; }

        public long Changed { get; private set; }

        public long Removed { get; private set; }

        public List<ChangeExample> Examples { get; } = [];

        public void Count(string? before, string? after)
        {
            if (before is null)
                Added++;
            else if (after is null)
                Removed++;
            else
                Changed++;
        }
    }
}

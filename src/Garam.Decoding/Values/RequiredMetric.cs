namespace Garam.Decoding.Values;

/// <summary>A metric that every reading must have, of whatever kind it comes.</summary>
internal sealed class RequiredMetric
{
    private readonly MetricTable _table;
    private Known _known;

    public RequiredMetric(string name, MetricTable table)
    {
        Name = name;
        _table = table;

        // A violation is told by a metric's index, so the name has one even before a message brings it.
        if (table.Named(name).Length == 0) table.Declare(name, MetricKind.Number);
        _known = new Known(table.Count, table.Named(name));
    }

    public string Name { get; }

    public int Index => _known.Metrics[0];

    public bool IsIn(DecodeOutput output)
    {
        // The table only grows, and rarely: look the name up again when it has.
        var known = _known;
        if (known.TableCount != _table.Count) _known = known = new Known(_table.Count, _table.Named(Name));
        foreach (var metric in known.Metrics)
            if (output.Holds(metric)) return true;
        return false;
    }

    private sealed record Known(int TableCount, int[] Metrics);
}

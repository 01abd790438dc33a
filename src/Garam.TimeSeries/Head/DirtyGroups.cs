namespace Garam.TimeSeries.Head;

/// <summary>Groups with something for the next commit, each once. Thread-safe.</summary>
internal sealed class DirtyGroups
{
    private readonly Lock gate = new();
    private List<SeriesGroup> groups = [];

    public void Add(SeriesGroup group)
    {
        lock (gate) groups.Add(group);
    }

    public List<SeriesGroup> Take()
    {
        lock (gate)
        {
            var taken = groups;
            groups = new List<SeriesGroup>(taken.Count);
            return taken;
        }
    }
}

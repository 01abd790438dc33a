namespace Garam.TimeSeries.Texts;

/// <summary>A text of a group: its newest value, and what a commit has yet to write. Under the group's lock.</summary>
internal sealed class TextSlot(long id, string name)
{
    public long Id { get; } = id;

    public string Name { get; } = name;

    public long NewestTime { get; set; } = long.MinValue;

    public byte[] Newest { get; set; } = [];

    public bool IsDirty { get; set; }

    /// <summary>Texts that may be changes, in the order they came.</summary>
    public List<TextEntry> Pending { get; private set; } = [];

    public List<TextEntry> Committing { get; private set; } = [];

    public void Freeze()
    {
        Committing = Pending;
        Pending = [];
        IsDirty = false;
    }

    public void Installed() => Committing = [];

    public void Thaw()
    {
        Committing.AddRange(Pending);
        Pending = Committing;
        Committing = [];
        IsDirty = true;
    }
}

namespace Garam.TimeSeries;

/// <summary>Settings of a store.</summary>
public sealed record TimeSeriesOptions
{
    /// <summary>Directory of the database; created when missing. One process at a time.</summary>
    public required string Directory { get; init; }

    /// <summary>Groups the store takes. Each costs about 2 KB of memory with ten series for as long as the store is open; its samples leave the memory when it falls silent.</summary>
    public int GroupsMax { get; init; } = 1_000_000;

    /// <summary>Series and texts a group takes; a device that invents names must not fill the memory.</summary>
    public int SeriesPerGroupMax { get; init; } = 2_000;

    /// <summary>UTF-8 bytes of a group's key or a series' name.</summary>
    public int NameBytesMax { get; init; } = 512;

    /// <summary>UTF-8 bytes of one text value.</summary>
    public int TextBytesMax { get; init; } = 4_096;

    /// <summary>How long data is kept when the group has no retention class of its own.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Default;

    /// <summary>Retention of the groups with a class; a class that is not here follows <see cref="Retention"/>.</summary>
    public IReadOnlyDictionary<string, RetentionPolicy> RetentionClasses { get; init; } = new Dictionary<string, RetentionPolicy>();

    /// <summary>Told of every stored blob that does not decode. Called from whichever thread met it; must not call the store.</summary>
    public Action<DamagedData>? OnDamagedData { get; init; }
}

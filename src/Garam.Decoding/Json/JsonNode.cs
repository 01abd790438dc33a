using System.Text;

namespace Garam.Decoding.Json;

/// <summary>
/// What a product knows of an object or a list: its keys in the order of the spec, or in the order a message first brought them.
/// </summary>
/// <remarks>
/// Readers take a snapshot and no lock. An open node grows under the tree's lock by putting a new snapshot in place, so the order of the
/// first message becomes the order that <see cref="JsonMessage"/> expects of the next.
/// </remarks>
internal sealed class JsonNode(string path, bool open)
{
    private Snapshot _snapshot = new([], [0]);

    /// <summary>Whether unknown keys become metrics.</summary>
    public bool Open { get; } = open;

    /// <summary>The dotted path that names of this node's metrics begin with; empty at the root.</summary>
    public string Path { get; } = path;

    public JsonProperty[] Properties => Volatile.Read(ref _snapshot).Properties;

    public JsonProperty? Find(ReadOnlySpan<byte> key)
    {
        var snapshot = Volatile.Read(ref _snapshot);
        var mask = snapshot.Buckets.Length - 1;
        for (var at = Hash(key) & mask; snapshot.Buckets[at] != 0; at = (at + 1) & mask)
        {
            var property = snapshot.Properties[snapshot.Buckets[at] - 1];
            if (property.Key.AsSpan().SequenceEqual(key)) return property;
        }

        return null;
    }

    /// <summary>Finds or adds a key. Callers hold the tree's lock, or are still compiling.</summary>
    public JsonProperty GetOrAdd(ReadOnlySpan<byte> key)
    {
        if (Find(key) is { } known) return known;
        var property = new JsonProperty(key.ToArray(), Properties.Length);
        JsonProperty[] properties = [.. Properties, property];
        Volatile.Write(ref _snapshot, new Snapshot(properties, BucketsOf(properties)));
        return property;
    }

    /// <summary>The name of a key's metric in an open message.</summary>
    public string NameOf(ReadOnlySpan<byte> key) => Path.Length == 0 ? Encoding.UTF8.GetString(key) : Path + "." + Encoding.UTF8.GetString(key);

    private static int[] BucketsOf(JsonProperty[] properties)
    {
        var size = 8;
        while (size < properties.Length * 2) size *= 2;
        var buckets = new int[size];
        foreach (var property in properties)
        {
            var at = Hash(property.Key) & (size - 1);
            while (buckets[at] != 0) at = (at + 1) & (size - 1);
            buckets[at] = property.Index + 1;
        }

        return buckets;
    }

    /// <summary>
    /// Cheap, and a hostile message cannot make it dear: the table only holds keys that became part of the product, at most
    /// <see cref="DecodingLimits.JsonNodesMax"/>, and a probe ends at the first free place of a half-empty table.
    /// </summary>
    private static int Hash(ReadOnlySpan<byte> key)
    {
        var hash = key.Length;
        foreach (var next in key) hash = hash * 31 + next;
        return hash & int.MaxValue;
    }

    private sealed record Snapshot(JsonProperty[] Properties, int[] Buckets);
}

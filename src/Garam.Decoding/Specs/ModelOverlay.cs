using Garam.Decoding.Yaml;

namespace Garam.Decoding.Specs;

/// <summary>
/// Lays the keys of a model, or of a variant, over the spec's own. Mappings merge key by key; entries of a list merge with the entry
/// that bears the same name (field, target, key, section or bit), wherever in the layout that stands; what has no counterpart is added.
/// </summary>
internal static class ModelOverlay
{
    private static readonly string[] Identities = ["field", "target", "section_id", "bit", "key", "source"];
    private static readonly string[] Nests = ["conversion", "mapping", "groups", "sections", "variants"];

    public static YamlMap Lay(YamlMap over, YamlMap under)
    {
        var entries = under.Entries.ToList();
        foreach (var entry in over.Entries)
        {
            var place = entries.FindIndex(candidate => candidate.Key.Value == entry.Key.Value);
            if (place < 0) entries.Add(entry);
            else entries[place] = new YamlEntry(entries[place].Key, LayNode(entry.Value, entries[place].Value));
        }

        return under with { Entries = entries };
    }

    /// <summary>The entries of all lists in a mapping that bear a name, with the name.</summary>
    public static IEnumerable<(YamlMap Entry, YamlScalar Name)> Entries(YamlNode node)
    {
        switch (node)
        {
            case YamlList list:
                foreach (var item in list.Items.OfType<YamlMap>())
                {
                    if (Identities.Select(identity => item[identity]).OfType<YamlScalar>().FirstOrDefault() is { } name) yield return (item, name);
                    foreach (var inner in Entries(item)) yield return inner;
                }

                break;
            case YamlMap map:
                foreach (var entry in map.Entries)
                {
                    foreach (var inner in Entries(entry.Value)) yield return inner;
                }

                break;
        }
    }

    /// <summary>The names of all entries of all lists in a mapping.</summary>
    public static IEnumerable<string> Names(YamlNode node) => Entries(node).Select(entry => entry.Name.Value);

    private static YamlNode LayNode(YamlNode over, YamlNode under) => (over, under) switch
    {
        (YamlMap upper, YamlMap lower) => Lay(upper, lower),
        (YamlList upper, YamlList lower) when upper.Items.All(item => item is YamlMap) => LayList(upper, lower),
        _ => over,
    };

    private static YamlList LayList(YamlList over, YamlList under)
    {
        var items = under.Items.ToList();
        foreach (var entry in over.Items.Cast<YamlMap>())
        {
            var merged = false;
            for (var i = 0; i < items.Count && !merged; i++) merged = TryLayInto(items[i], entry, out var replaced) && (items[i] = replaced) is not null;
            if (!merged) items.Add(entry);
        }

        return under with { Items = items };
    }

    private static bool TryLayInto(YamlNode candidate, YamlMap entry, out YamlNode replaced)
    {
        replaced = candidate;
        if (candidate is not YamlMap map) return false;
        if (SameIdentity(map, entry))
        {
            replaced = Lay(entry, map);
            return true;
        }

        foreach (var nest in Nests)
        {
            if (map[nest] is not YamlList list) continue;
            for (var i = 0; i < list.Items.Count; i++)
            {
                if (!TryLayInto(list.Items[i], entry, out var inner)) continue;
                var items = list.Items.ToList();
                items[i] = inner;
                var entries = map.Entries.Select(existing => existing.Key.Value == nest ? new YamlEntry(existing.Key, list with { Items = items }) : existing);
                replaced = map with { Entries = [.. entries] };
                return true;
            }
        }

        return false;
    }

    private static bool SameIdentity(YamlMap map, YamlMap entry)
    {
        foreach (var identity in Identities)
        {
            if (entry[identity] is not YamlScalar wanted) continue;
            return map[identity] is YamlScalar found && found.Value == wanted.Value;
        }

        return false;
    }
}

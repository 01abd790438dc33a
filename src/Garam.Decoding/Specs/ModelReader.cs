using Garam.Decoding.Yaml;

namespace Garam.Decoding.Specs;

/// <summary>Reads what device models change of their product.</summary>
internal static class ModelReader
{
    /// <summary>A model's entry that changes nothing of the product and is no whole field of its own is a misspelling.</summary>
    private static bool ReportUnmatched(string model, YamlMap over, YamlMap under, ProblemList problems)
    {
        var found = false;
        var names = ModelOverlay.Names(under).ToHashSet(StringComparer.Ordinal);
        foreach (var (entry, name) in ModelOverlay.Entries(over))
        {
            if (names.Contains(name.Value) || entry["type"] is not null || entry["source"] is not null) continue;
            problems.Add(name, $"the model {model} changes `{name.Value}`, which the product does not have", Spelling.Remedy(name.Value, names));
            found = true;
        }

        return found;
    }

    /// <summary>The layouts of each model.</summary>
    public static Dictionary<string, IReadOnlyList<VariantSpec>> ReadAll(SpecSection root, SpecFormat format)
    {
        var models = new Dictionary<string, IReadOnlyList<VariantSpec>>(StringComparer.Ordinal);
        if (root.Section("models") is not { } section) return models;
        if (section.Map.Entries.Count > DecodingLimits.ModelsMax)
            root.Problem("models", $"there are more than {DecodingLimits.ModelsMax} models", $"Split the product.");
        foreach (var entry in section.Map.Entries.Take(DecodingLimits.ModelsMax))
        {
            if (entry.Value is not YamlMap over)
            {
                root.Problems.Add(entry.Value, $"{entry.Value.Noun} changes nothing", $"Write `A-2: {{conversion: [{{field: temperature, scale: 0.01}}]}}`.");
                continue;
            }

            foreach (var inner in over.Entries.Where(inner => !VariantReader.LayoutKeys.Contains(inner.Key.Value)))
                root.Problems.Add(inner.Key, $"a model cannot change `{inner.Key.Value}`", Spelling.Remedy(inner.Key.Value, VariantReader.LayoutKeys));
            var under = root.Map with { Entries = [.. root.Map.Entries.Where(key => VariantReader.LayoutKeys.Contains(key.Key.Value) || key.Key.Value is "variants" or "output_schema")] };
            var known = over with { Entries = [.. over.Entries.Where(inner => VariantReader.LayoutKeys.Contains(inner.Key.Value))] };
            if (ReportUnmatched(entry.Key.Value, known, under, root.Problems)) continue;
            var merged = new SpecSection(LayModel(known, under), root.Problems);
            merged.Node("output_schema");
            models[entry.Key.Value] = VariantReader.ReadAll(merged, format);
        }

        return models;
    }

    /// <summary>Where the product has variants, a model's fields are looked for in each of them.</summary>
    private static YamlMap LayModel(YamlMap over, YamlMap under)
    {
        if (under["variants"] is not YamlList variants || under["conversion"] is not null) return ModelOverlay.Lay(over, under);
        var items = variants.Items.Select(item => item is YamlMap variant && variant["conversion"] is not null ? ModelOverlay.Lay(over, variant) : item);
        var entries = under.Entries.Select(entry => entry.Key.Value == "variants" ? new YamlEntry(entry.Key, variants with { Items = [.. items] }) : entry);
        return under with { Entries = [.. entries] };
    }
}

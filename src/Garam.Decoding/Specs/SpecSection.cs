using System.Globalization;
using Garam.Decoding.Values;
using Garam.Decoding.Yaml;
using Garam.Expressions;

namespace Garam.Decoding.Specs;

/// <summary>
/// One mapping of a spec, read key by key. Every key that was asked for is known; <see cref="Finish"/> reports the others, so a
/// misspelt key is never silently without effect.
/// </summary>
internal sealed class SpecSection(YamlMap map, ProblemList problems)
{
    private readonly List<string> _known = [];

    public YamlMap Map => map;

    public ProblemList Problems => problems;

    public bool Has(string key) => map[key] is { } node && node is not YamlScalar { IsNull: true };

    public YamlNode? Node(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        var node = map[key];
        return node is YamlScalar { IsNull: true } ? null : node;
    }

    public YamlNode At(string key) => map[key] ?? map;

    public void Problem(string key, Phrase message, Phrase remedy) => problems.Add(At(key), message, remedy);

    /// <summary>The text of a key; null when it is not there or no text.</summary>
    public string? Text(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlScalar scalar:
                return scalar.Value;
            case var other:
                problems.Add(other, $"`{key}` is {other.Noun}, not a single value", $"Write `{key}: …` with one value.");
                return null;
        }
    }

    public string? Required(string key, string example)
    {
        var text = Text(key);
        if (text is null && !Has(key)) problems.Add(map, $"`{key}` is missing", $"Add it, for example `{example}`.");
        return text;
    }

    public long? Whole(string key, long min, long max)
    {
        if (Node(key) is not { } node) return null;
        if (TryWhole(node, out var number) && number >= min && number <= max) return number;
        problems.Add(node, $"`{key}` is {node.Noun}, not a whole number from {min} to {max}", $"Write `{key}: {Math.Clamp(1, min, max)}`, decimal or 0x….");
        return null;
    }

    public Rational? Figure(string key)
    {
        if (Node(key) is not { } node) return null;
        if (node is YamlScalar scalar && Rational.TryParse(scalar.Value, out var figure)) return figure;
        problems.Add(node, $"`{key}` is {node.Noun}, not a number", $"Write a decimal number such as `{key}: 0.1`, or a fraction such as `{key}: 1/3`.");
        return null;
    }

    public bool? Truth(string key)
    {
        if (Node(key) is not { } node) return null;
        if (node is YamlScalar { Value: "true" or "false" } scalar) return scalar.Value == "true";
        problems.Add(node, $"`{key}` is {node.Noun}, not true or false", $"Write `{key}: true` or `{key}: false`.");
        return null;
    }

    public T? Choice<T>(string key, params (string Word, T Value)[] choices)
        where T : struct
    {
        if (Text(key) is not { } word) return null;
        foreach (var choice in choices)
            if (choice.Word == word) return choice.Value;
        Problem(key, $"`{word}` is no value of `{key}`", Spelling.Remedy(word, [.. choices.Select(choice => choice.Word)]));
        return null;
    }

    public SpecSection? Section(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlMap inner:
                return new SpecSection(inner, problems);
            case var other:
                problems.Add(other, $"`{key}` is {other.Noun}, not a mapping", $"Write `{key}: {{name: value}}`, or indented keys under it.");
                return null;
        }
    }

    public YamlList? List(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlList list:
                return list;
            case var other:
                problems.Add(other, $"`{key}` is {other.Noun}, not a list", $"Write `{key}:` with `- …` lines under it.");
                return null;
        }
    }

    /// <summary>The mappings of a list; what is no mapping is a problem.</summary>
    public IEnumerable<SpecSection> Sections(string key)
    {
        if (List(key) is not { } list) yield break;
        foreach (var item in list.Items)
        {
            if (item is YamlMap inner) yield return new SpecSection(inner, problems);
            else problems.Add(item, $"{item.Noun} stands in `{key}`, which is a list of mappings", $"Write `- {{name: value}}`.");
        }
    }

    /// <summary>A text or a list of texts.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Node(key) is not { } node) return null;
        if (node is YamlScalar single) return [single.Value];
        if (List(key) is not { } list) return null;
        var texts = new List<string>();
        foreach (var item in list.Items)
        {
            if (item is YamlScalar scalar) texts.Add(scalar.Value);
            else problems.Add(item, $"{item.Noun} stands in `{key}`, which is a list of texts", $"Write `- text`.");
        }

        return texts;
    }

    public void Finish()
    {
        foreach (var entry in map.Entries)
        {
            if (_known.Contains(entry.Key.Value)) continue;
            problems.Add(entry.Key, $"unknown key `{entry.Key.Value}`", Spelling.Remedy(entry.Key.Value, _known));
        }
    }

    public static bool TryWhole(YamlNode node, out long number)
    {
        number = 0;
        return node is YamlScalar scalar && TryWhole(scalar.Value, out number);
    }

    public static bool TryWhole(string text, out long number)
    {
        text = text.Replace("_", "", StringComparison.Ordinal);
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}

using Garam.Decoding.Json;
using Garam.Decoding.Yaml;
using Garam.Expressions.Sql;

namespace Garam.Decoding.Specs;

/// <summary>Reads <c>format: json</c>. <c>each</c>, <c>sql</c> and the times may stand under <c>conversion</c> or beside it.</summary>
internal static class JsonSpecReader
{
    public static LayoutSpec? Read(SpecSection root)
    {
        var conversion = ReadConversion(root);
        var eachText = conversion?.Text("each") ?? root.Text("each");
        var each = eachText is null ? null : Path(conversion?.Has("each") ?? false ? conversion : root, "each", eachText);
        var select = ReadSelect(root, conversion);
        var mappings = new List<JsonMapping>();
        var named = new List<NamedMapping>();
        var mapped = conversion?.Has("mapping") ?? false;
        if (conversion is not null)
        {
            foreach (var item in conversion.Sections("mapping")) ReadMapping(item, mappings, named);
        }

        foreach (var (sources, value, at) in MappingReader.ReadTimes(root, conversion))
        {
            var paths = sources.Select(source => Path(at, "source", source)).OfType<JsonPath>().ToList();
            mappings.Add(new JsonMapping(paths, value));
        }

        var ignored = (conversion?.Texts("ignore") ?? []).Select(text => Path(conversion!, "ignore", text)).OfType<JsonPath>().ToList();
        var rest = conversion?.Choice("unmapped", ("ignore", false), ("keep", true));
        if (select is not null && mapped) conversion!.Problem("mapping", $"`sql` and `mapping` stand side by side", $"Keep one of them: a SELECT names its metrics with AS.");
        conversion?.Section("output_schema");
        conversion?.Finish();
        var open = rest ?? IsOpen(select) ?? (!mapped && select is null);
        var selectAt = (conversion?.Has("sql") ?? false ? conversion : root).At("sql");
        return new JsonSpec(mappings, named, each, ignored, open, select) { SelectLine = selectAt.Line, SelectColumn = selectAt.Column };
    }

    /// <summary>The <c>conversion</c> of text formats, a mapping; null when there is none.</summary>
    public static SpecSection? ReadConversion(SpecSection root)
    {
        if (root.Node("conversion") is not YamlList list) return root.Section("conversion");
        root.Problems.Add(list, $"`conversion` is a list, which is the form of hex_binary", $"Write `conversion: {{mapping: [{{source: …, target: …, type: float}}]}}`.");
        return null;
    }

    private static void ReadMapping(SpecSection item, List<JsonMapping> mappings, List<NamedMapping> named)
    {
        if (item.Has("name_from"))
        {
            var name = Path(item, "name_from", item.Text("name_from"));
            var valueFrom = Path(item, "value_from", item.Required("value_from", "value_from: value"));
            var unit = item.Has("unit_from") ? Path(item, "unit_from", item.Text("unit_from")) : null;
            item.Text("unit_from");
            item.Finish();
            if (name is not null && valueFrom is not null) named.Add(new NamedMapping(name, valueFrom, unit));
            return;
        }

        var sources = item.Texts("source");
        if (sources is null)
        {
            item.Problem("source", $"`source` is missing", $"Write `- {{source: data.temp, target: temperature, type: float}}`.");
            return;
        }

        var paths = sources.Select(source => Path(item, "source", source)).OfType<JsonPath>().ToList();
        var value = MappingReader.ReadValue(item, paths.Count > 0 ? paths[0].Keys[^1] : "value");
        item.Text("name_from");
        item.Finish();
        if (value is not null && paths.Count > 0) mappings.Add(new JsonMapping(paths, value));
    }

    private static SelectStatement? ReadSelect(SpecSection root, SpecSection? conversion)
    {
        var outer = root.Text("sql");
        var text = conversion?.Text("sql") ?? outer;
        if (text is null) return null;
        var at = conversion?.Has("sql") ?? false ? conversion : root;
        var parsed = SelectStatement.Parse(text);
        foreach (var error in parsed.Errors)
            at.Problem("sql", $"in `sql`, character {error.Position + 1}: {error.Message}", error.Remedy);
        foreach (var item in parsed.Statement?.Items ?? [])
            if (item.Expression is not null) ValueReader.CheckName(at.At("sql"), item.Name, root.Problems);
        return parsed.Statement;
    }

    private static bool? IsOpen(SelectStatement? select) => select?.Items.Any(item => item.Expression is null);

    private static JsonPath? Path(SpecSection at, string key, string? text)
    {
        if (text is not null && JsonPath.TryParse(text, out var path)) return path;
        if (text is not null) at.Problem(key, $"`{text}` is no path into a message", $"Write keys with dots between them: `data.temp`, `values[0].v`.");
        return null;
    }
}

using Garam.Decoding.Yaml;

namespace Garam.Decoding.Specs;

/// <summary>
/// Reads product specs. All problems of a file are reported together, each with its place and its mend; a spec with a problem is no spec.
/// </summary>
public static class SpecParser
{
    /// <summary>Reads a spec. Never throws for what a file may contain.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="fileName">Its name, as problems shall bear it.</param>
    public static SpecResult Parse(string yaml, string fileName)
    {
        var problems = new ProblemList(fileName);
        var root = YamlFile.Read(yaml, YamlSubject.Product, problems);
        var spec = root is null ? null : Read(root, fileName, problems);
        if (spec is not null) SpecCheck.Run(spec, new SpecSection(root!, problems), problems);
        return problems.Count == 0 ? new SpecResult(spec, []) : new SpecResult(null, problems.InOrder());
    }

    private static ProductSpec? Read(YamlMap map, string fileName, ProblemList problems)
    {
        var root = new SpecSection(map, problems);
        var id = root.Required("product_type", "product_type: product_a");
        CheckId(root, id);
        var format = root.Choice("format", ("hex_binary", SpecFormat.HexBinary), ("json", SpecFormat.Json), ("csv", SpecFormat.Csv));
        if (!root.Has("format")) problems.Add(map, $"`format` is missing", $"Add `format: hex_binary`, `format: json` or `format: csv`.");
        var version = (int)(root.Whole("version", 1, int.MaxValue) ?? 1);
        var titles = ReadTitles(root);
        var vendor = root.Text("vendor");
        root.Node("description");
        root.Texts("source");
        root.Text("licence");
        var contract = ReadContract(root);
        var period = ReadPeriod(root);
        ReadSchema(root);
        root.Node("models");
        root.Node("variants");
        if (format is not { } known)
        {
            foreach (var key in VariantReader.LayoutKeys) root.Node(key);
            root.Finish();
            return null;
        }

        var variants = VariantReader.ReadAll(root, known);
        return new ProductSpec(id ?? "", fileName, known, variants)
        {
            Version = version,
            Titles = titles,
            Vendor = vendor,
            ExpectedPeriod = period,
            Contract = contract,
            Models = ModelReader.ReadAll(root, known),
        };
    }

    private static void CheckId(SpecSection root, string? id)
    {
        if (id is null) return;
        var fits = id.Length is > 0 and <= 64 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
        if (!fits) root.Problem("product_type", $"`{id}` cannot be a product's id", $"Use 1 to 64 letters, digits, `_`, `-` or `.`.");
    }

    private static Dictionary<string, string> ReadTitles(SpecSection root)
    {
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Node("title") is YamlScalar plain)
        {
            titles.Add("en", plain.Value);
            return titles;
        }

        foreach (var entry in root.Section("title")?.Map.Entries ?? [])
        {
            if (entry.Value is YamlScalar title) titles[entry.Key.Value] = title.Value;
            else root.Problems.Add(entry.Value, $"{entry.Value.Noun} is no title", $"Write `title: {{en: Climate sensor, ko: 온습도 센서}}`.");
        }

        return titles;
    }

    private static ContractSpec ReadContract(SpecSection root)
    {
        if (root.Section("contract") is not { } section) return new ContractSpec([], Rejects: false);
        var contract = new ContractSpec(
            section.Texts("required") ?? [],
            section.Choice("on_violation", ("flag", false), ("reject", true)) ?? false);
        section.Finish();
        return contract;
    }

    private static TimeSpan? ReadPeriod(SpecSection root)
    {
        if (root.Text("expected_period") is not { } text) return null;
        if (SpecDuration.TryParse(text, out var period)) return period;
        root.Problem("expected_period", $"`{text}` is no duration", $"Write a number with s, m, h or d: `5s`, `10m`, `1h`.");
        return null;
    }

    /// <summary>The documents' output_schema describes the standard telemetry, which is always the output: only its timestamp is read (JSON, CSV).</summary>
    private static void ReadSchema(SpecSection root) => root.Section("output_schema");
}

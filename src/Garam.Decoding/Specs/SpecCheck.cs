namespace Garam.Decoding.Specs;

/// <summary>What can only be told once all parts of a spec are known: that names fit together. Compiles the spec for trial.</summary>
internal static class SpecCheck
{
    public static void Run(ProductSpec spec, SpecSection root, ProblemList problems)
    {
        var decoder = ProductDecoder.Compile(spec);
        foreach (var (value, error) in decoder.Planner.Errors)
        {
            var what = value.Name == "sql" ? "`sql`" : $"the formula of `{value.Name}`";
            problems.Add(value.Line > 0 ? value.Line : root.Map.Line, Math.Max(1, value.Column), $"in {what}, character {error.Position + 1}: {error.Message}", error.Remedy);
        }

        if (decoder.Metrics.Count >= DecodingLimits.MetricsMax)
            problems.Add(root.Map, $"the product has {DecodingLimits.MetricsMax} metrics or more", $"Split the product.");
        CheckRequired(spec, decoder, root, problems);
    }

    private static void CheckRequired(ProductSpec spec, ProductDecoder decoder, SpecSection root, ProblemList problems)
    {
        if (spec.Variants.Any(variant => IsOpen(variant.Layout))) return;
        var names = decoder.DeclaredNames;
        foreach (var required in spec.Contract.Required.Where(required => !names.Contains(required)))
        {
            var at = root.Section("contract")?.At("required") ?? root.Map;
            problems.Add(at, $"the contract requires `{required}`, which the product does not have", Spelling.Remedy(required, [.. names]));
        }
    }

    private static bool IsOpen(LayoutSpec? layout) => layout switch
    {
        Json.JsonSpec json => json.Open || json.Named.Count > 0 || json.Select is not null,
        Csv.CsvSpec csv => csv.Open,
        _ => false,
    };
}

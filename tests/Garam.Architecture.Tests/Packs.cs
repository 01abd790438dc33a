namespace Garam.Architecture;

public sealed class Packs
{
    private static readonly string[] Parts = ["products", "rules", "testcases", "maps", "dashboards", "formulas", "samples", "models"];
    private static readonly string[] PackFiles = ["pack.yaml", "routes.yaml", "README.md", "LICENSE", "NOTICE"];

    private static IEnumerable<string> Names =>
        Repository.Files.Where(path => path.StartsWith("packs/", StringComparison.Ordinal) && path.Split('/').Length > 2).Select(path => path.Split('/')[1]).Distinct();

    [Fact]
    public void A_pack_has_the_parts_that_every_pack_may_have_and_no_others()
    {
        var wrong =
            from path in Repository.Files
            where path.StartsWith("packs/", StringComparison.Ordinal)
            let steps = path.Split('/')
            where steps.Length == 3 ? !PackFiles.Contains(steps[2]) : steps.Length > 3 && !Parts.Contains(steps[2])
            select path;
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_pack_describes_products_and_tries_them()
    {
        var wrong =
            from pack in Names
            where !Repository.Under($"packs/{pack}/products", ".yaml").Any() || !Repository.Exists($"packs/{pack}/testcases")
            select pack;
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_product_lies_in_a_file_that_bears_its_name()
    {
        var wrong =
            from path in Repository.Files
            where path.StartsWith("packs/", StringComparison.Ordinal) && path.Contains("/products/", StringComparison.Ordinal) && path.EndsWith(".yaml", StringComparison.Ordinal)
            let declared = Repository.Lines(path).FirstOrDefault(line => line.StartsWith("product_type:", StringComparison.Ordinal))
            let id = declared?["product_type:".Length..].Split('#')[0].Trim().Trim('"', '\'')
            where id is null || !Path.GetFileNameWithoutExtension(path).Replace('_', '-').Contains(id.Replace('_', '-'), StringComparison.Ordinal)
            select $"{path}: {declared ?? "no product_type"}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_test_case_is_one_input_and_what_is_expected_of_it()
    {
        var cases =
            from path in Repository.Files
            let steps = path.Split('/')
            where steps.Length > 4 && steps[0] == "packs" && steps[2] == "testcases"
            group steps[^1] by string.Join('/', steps[..^1]);
        var wrong =
            from folder in cases
            where !folder.Contains("expected.json") || folder.Count(name => name.StartsWith("input.", StringComparison.Ordinal)) != 1
            select folder.Key;
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_case_of_rules_is_readings_and_the_alarms_that_come_of_them()
    {
        var cases =
            from path in Repository.Files
            let steps = path.Split('/')
            where steps.Length > 5 && steps[0] == "packs" && steps[2] == "rules"
            group string.Join('/', steps[5..]) by string.Join('/', steps[..5]);
        var wrong =
            from folder in cases
            where !folder.Key.Contains("/rules/testcases/", StringComparison.Ordinal) || !folder.Order(StringComparer.Ordinal).SequenceEqual(["expected.txt", "readings.ndjson"])
            select folder.Key;
        wrong.ShouldBeEmpty();
    }
}

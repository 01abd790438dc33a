using System.Text.Json;
using Garam.Decoding.Specs;

namespace Garam.Decoding.Tests;

/// <summary>
/// Runs every folder <c>packs/*/testcases/*</c>: an <c>input.*</c> and an <c>expected.json</c>. A case is added by adding a folder.
/// </summary>
public sealed class PackCasesTests
{
    private static readonly Lazy<Dictionary<string, ProductDecoder>> Products = new(CompileAll);

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        foreach (var pack in Packs())
        {
            var folder = Path.Combine(pack, "testcases");
            if (!Directory.Exists(folder)) continue;
            foreach (var name in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
                cases.Add(Path.GetRelativePath(RepositoryFolder.Path, name));
        }

        return cases;
    }

    public static TheoryData<string> Specs()
    {
        var specs = new TheoryData<string>();
        foreach (var file in SpecFiles()) specs.Add(Path.GetRelativePath(RepositoryFolder.Path, file));
        return specs;
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_shipped_spec_is_without_problems(string file)
    {
        var result = SpecParser.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Path, file)), file);
        result.Problems.ShouldBeEmpty();
        ProductDecoder.Compile(result.Spec!).Spec.Id.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_case_of_the_packs_decodes_to_its_figures(string folder)
    {
        var path = Path.Combine(RepositoryFolder.Path, folder);
        var expected = PackCase.Read(path);
        var decoder = Products.Value[expected.Product];
        var outcome = Decoded.Run(decoder, expected.Payload, expected.Port, expected.Model, expected.CsvHeader);
        expected.Check(outcome);
    }

    [Fact]
    public void Real_devices_of_six_vendors_are_among_the_cases()
    {
        var vendors = new HashSet<string>(StringComparer.Ordinal);
        var products = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories(Path.Combine(RepositoryFolder.Path, "packs", "fleet", "testcases")))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")));
            if (!document.RootElement.TryGetProperty("vendor", out _)) continue;
            var product = document.RootElement.GetProperty("product").GetString()!;
            products.Add(product);
            vendors.Add(Products.Value[product].Spec.Vendor.ShouldNotBeNull());
        }

        vendors.Count.ShouldBeGreaterThanOrEqualTo(6);
        products.Count.ShouldBeGreaterThanOrEqualTo(12);
    }

    private static Dictionary<string, ProductDecoder> CompileAll() => SpecFiles()
        .Select(file => SpecParser.Parse(File.ReadAllText(file), file).Spec)
        .OfType<ProductSpec>()
        .ToDictionary(spec => spec.Id, ProductDecoder.Compile, StringComparer.Ordinal);

    private static IEnumerable<string> SpecFiles() => Packs()
        .Select(pack => Path.Combine(pack, "products"))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.GetFiles(folder, "*.yaml"))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Packs() => Directory.GetDirectories(Path.Combine(RepositoryFolder.Path, "packs")).Order(StringComparer.Ordinal);
}

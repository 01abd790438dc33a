using System.Text.RegularExpressions;
using Garam.Packs.Fire;
using Garam.Platform.Rules;

namespace Garam.Platform.Tests.Rules;

/// <summary>The rules that the documents print are read and bound to the products they name; so are those of the packs.</summary>
public sealed partial class Documented_rules
{
    private static readonly PackSet Packs = PackSnapshot.Read(PackFolder.Find(Repository.Packs, [], out _));

    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (var page in (string[])["reference/rules.md", "how-to/write-rules.md"])
            {
                var number = 0;
                foreach (Match match in YamlBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", page))))
                    examples.Add($"{page} example {++number}", match.Groups[1].Value);
            }

            return examples;
        }
    }

    public static TheoryData<string> Files => [.. Packs.Rulesets.Select(r => r.File)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_documents_can_be_put_in_force(string place, string yaml)
    {
        // A list of rules alone is for the fire detector.
        var text = yaml.StartsWith("- id:", StringComparison.Ordinal) ? "ruleset: example\nproduct: fire-detector\nrules:\n" + yaml : yaml;
        var parsed = RulesetFile.Parse(text, place);
        parsed.Problems.ShouldBeEmpty();

        Bind(parsed.Definition!, place);
    }

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void Every_ruleset_of_the_packs_can_be_put_in_force(string file) => Bind(Packs.Rulesets.Single(r => r.File == file).Definition, file);

    private static void Bind(RulesetDefinition ruleset, string file)
    {
        Packs.TryGetProduct(ruleset.ProductId, out var product).ShouldBeTrue($"{file} names the product {ruleset.ProductId}");
        var code = FirePack.Code;

        var bound = RulesetCompiler.Compile(ruleset, MetricSchema.Of(product!, code.Derivations), code.Models, [.. code.Composers.Select(c => c.Name)], file);

        bound.Problems.ShouldBeEmpty();
        bound.Ruleset.ShouldNotBeNull().Rules.Count.ShouldBe(ruleset.Rules.Count);
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}

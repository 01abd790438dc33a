using Garam.Decoding;
using Garam.Decoding.Specs;
using Garam.Decoding.Yaml;

namespace Garam.Platform.Rules;

/// <summary>
/// Reads rulesets. Checked here is their form: keys, types, limits, what goes together, and that expressions and messages parse. Names and
/// types of metrics are checked when the compiler binds the ruleset to its product.
/// </summary>
public static class RulesetFile
{
    /// <summary>Reads a ruleset. Never throws for what a text may contain; all problems of it are reported together.</summary>
    /// <param name="text">The file's text, YAML.</param>
    /// <param name="file">Its name, as problems shall bear it.</param>
    public static RulesetParseResult Parse(string text, string file)
    {
        var problems = new ProblemList(file);
        var root = YamlFile.Read(text, YamlSubject.Ruleset, problems);
        var definition = root is null ? null : Read(new SpecSection(root, problems), text);
        return problems.Count == 0 ? new RulesetParseResult(definition, []) : new RulesetParseResult(null, problems.InOrder());
    }

    private static RulesetDefinition? Read(SpecSection root, string text)
    {
        var id = root.Id("ruleset", "fire-detector");
        var product = root.Required("product", "product: fire-detector");
        if (product?.Length is 0 or > DecodingLimits.NameBytesMax)
            root.Problem("product", $"`product` names no product", $"Write the id that the product's spec has as `product_type`.");
        var version = (int)(root.Whole("version", 1, int.MaxValue) ?? 1);
        var (titleEn, titleKo) = root.Titles("title");
        var lateness = root.Duration("allowed_lateness", TimeSpan.Zero, RulesetLimits.LatenessMax);
        var rules = ReadRules(root);
        root.Finish();
        return id is null || product is null ? null : new RulesetDefinition(id, product, version, lateness, rules, text) { TitleEn = titleEn, TitleKo = titleKo };
    }

    private static List<RuleDefinition> ReadRules(SpecSection root)
    {
        var rules = new List<RuleDefinition>();
        if (!root.Has("rules"))
            root.Problems.Add(root.Map, $"`rules` is missing", $"Add `rules:` and under it `- id: …`; `rules: []` for none.");
        var count = 0;
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var section in root.Sections("rules"))
        {
            if (++count > RulesetLimits.RulesMax)
            {
                root.Problems.Add(section.Map, $"the ruleset has more than {RulesetLimits.RulesMax} rules", $"Split it: a product may have several rulesets.");
                break;
            }

            if (RuleReader.Read(section) is not { } rule)
                continue;
            if (!lines.TryAdd(rule.Id, rule.Line))
                section.Problem("id", $"the rule `{rule.Id}` is there already, on line {lines[rule.Id]}", $"Give one of them another id.");
            rules.Add(rule);
        }

        if (rules.Sum(r => r.Overrides.Count) > RulesetLimits.OverridesTotalMax)
            root.Problem("rules", $"the rules have more than {RulesetLimits.OverridesTotalMax} overrides together", $"Split the ruleset: a product may have several.");
        return rules;
    }
}

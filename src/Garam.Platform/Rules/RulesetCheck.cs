using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Platform.Packs;

namespace Garam.Platform.Rules;

/// <summary>Checks a ruleset's text as far as it can be without readings: its form, its expressions, its product's metrics.</summary>
/// <param name="code">The packs' code: derived metrics, composers and models that rules may name.</param>
public sealed class RulesetCheck(PackCode code)
{
    /// <summary>A ruleset of a hundred rules has some 20,000 characters.</summary>
    public const int TextMax = 256 * 1024;

    private readonly string[] _composers = [.. code.Composers.Select(c => c.Name)];

    /// <param name="file">What problems name as the place.</param>
    public CheckedRuleset Check(string text, string file, PackSet packs)
    {
        if (text.Length > TextMax)
            return new CheckedRuleset(null, [new SpecProblem(file, 1, 1, $"the ruleset has more than {TextMax} characters", $"Split it into several rulesets of the same product.")], []);
        var parsed = RulesetFile.Parse(text, file);
        return parsed.Definition is { } definition && parsed.Problems.Count == 0
            ? Check(definition, file, packs)
            : new CheckedRuleset(parsed.Definition, parsed.Problems, []);
    }

    /// <summary>The same for one whose form is right already.</summary>
    public CheckedRuleset Check(RulesetDefinition definition, string file, PackSet packs)
    {
        if (!packs.TryGetProduct(definition.ProductId, out var product))
        {
            var near = Spelling.Nearest(definition.ProductId, packs.Products.Select(p => p.Id).Order(StringComparer.Ordinal));
            var remedy = near is null ? (Phrase)$"Name a product of the packs in force, or bring its spec back: GET /api/v1/products lists them." : $"Did you mean `{near}`?";
            return new CheckedRuleset(definition, [new SpecProblem(file, 1, 1, $"there is no product `{definition.ProductId}`", remedy)], []);
        }

        return Check(definition, file, product);
    }

    /// <summary>The same against a product that need not be in force.</summary>
    public CheckedRuleset Check(RulesetDefinition definition, string file, Product product)
    {
        var compiled = RulesetCompiler.Compile(definition, MetricSchema.Of(product, code.Derivations), code.Models, _composers, file);
        return new CheckedRuleset(definition, compiled.Problems, compiled.Notes);
    }
}

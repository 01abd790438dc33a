using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Platform.Detection;

namespace Garam.Platform.Rules;

/// <summary>Binds rulesets to the metrics of their product: names, types, windows, messages, models and composers are checked here.</summary>
public static class RulesetCompiler
{
    /// <summary>Checks a ruleset by itself. Never throws for what a ruleset says.</summary>
    /// <param name="schema">The metrics of <see cref="RulesetDefinition.ProductId"/>.</param>
    /// <param name="models">The installed models; null when there are none.</param>
    /// <param name="composers">Names that <c>texts:</c> may say.</param>
    /// <param name="file">Named in the problems.</param>
    public static RulesetCompileResult Compile(
        RulesetDefinition definition, MetricSchema schema, IModelCatalog? models, IReadOnlyCollection<string> composers, string file) =>
        Bind(definition, definition.Version, new RuleTables(schema, definition.AllowedLateness), models, composers, file);

    /// <summary>Binds a ruleset to tables that it shares with others of its product.</summary>
    internal static RulesetCompileResult Bind(
        RulesetDefinition definition, int version, RuleTables tables, IModelCatalog? models, IReadOnlyCollection<string> composers, string file)
    {
        var problems = new List<SpecProblem>();
        var notes = new List<SpecProblem>();
        var rules = new List<CompiledRule>();
        foreach (var rule in definition.Rules)
        {
            var binder = new RuleBinder(definition.Id, version, rule, tables, file, problems, notes);
            if (rule.Texts is { } texts && !composers.Contains(texts))
            {
                var known = composers.Count == 0 ? (Phrase)$"No pack brings texts." : $"There are: {string.Join(", ", composers.Order(StringComparer.Ordinal))}.";
                problems.Add(new SpecProblem(file, rule.Line, 1, $"rule `{rule.Id}`: there are no texts `{texts}`", known));
            }

            if (binder.Bind(models) is { } compiled)
                rules.Add(compiled);
        }

        return new RulesetCompileResult(problems.Count == 0 ? new CompiledRuleset(definition, version, rules) : null, problems, notes);
    }
}

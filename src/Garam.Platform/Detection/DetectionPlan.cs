using System.Collections.Concurrent;
using System.Collections.Frozen;
using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Platform.Packs;
using Garam.Platform.Rules;

namespace Garam.Platform.Detection;

/// <summary>
/// What is done with every reading of one product besides storing it: which metrics are derived, which windows are kept, which rules judge.
/// Immutable but for the groups of its rules; shared by all lanes.
/// </summary>
public sealed class DetectionPlan
{
    private readonly IReadOnlyList<ActiveRuleset> _active;
    private readonly FrozenDictionary<string, int> _slots;

    private DetectionPlan(
        Product product, IReadOnlyList<ActiveRuleset> active, RuleTables tables, IReadOnlyList<BoundDerivation> derivations,
        IReadOnlyList<RulesetArms> rulesets, IReadOnlyList<SpecProblem> problems)
    {
        _active = active;
        Product = product;
        Tables = tables;
        Derivations = derivations;
        DerivedCount = derivations.Sum(d => d.Outputs.Length);
        Rulesets = rulesets;
        Problems = problems;
        Names = [.. tables.Symbols.Symbols.Select(s => s.Name)];
        _slots = Names.Select((name, slot) => (name, slot)).ToFrozenDictionary(n => n.name, n => n.slot, StringComparer.Ordinal);
        var rules = AllRules.ToList();
        HasTimers = rules.Exists(r => r.Kind is RuleKind.Silence or RuleKind.Absence);
        HasGroups = rules.Exists(r => r.Definition.Across is not null);
        Reach = rules.Select(r => r.Reach).Append(TimeSpan.Zero).Max();
    }

    public Product Product { get; }

    /// <summary>Why a ruleset in force does not judge: its product has changed under it. Empty when all do.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; }

    /// <summary>Whether there is nothing to do: no rules and nothing to derive.</summary>
    internal bool IsEmpty => Derivations.Count == 0 && Rulesets.Count == 0;

    internal RuleTables Tables { get; }

    /// <summary>Names by slot: metrics, attributes of the device, outputs of models.</summary>
    internal string[] Names { get; }

    internal IReadOnlyList<BoundDerivation> Derivations { get; }

    /// <summary>Metrics derived from a reading at most.</summary>
    internal int DerivedCount { get; }

    internal IReadOnlyList<RulesetArms> Rulesets { get; }

    internal bool HasTimers { get; }

    internal bool HasGroups { get; }

    /// <summary>How far back the states of its rules reach, windows left out.</summary>
    internal TimeSpan Reach { get; }

    internal ConcurrentDictionary<(CompiledRule Rule, string Subject), RuleGroup> Groups { get; } = new();

    internal IEnumerable<CompiledRule> AllRules => Rulesets.SelectMany(r => r.Live.Rules.Concat(r.Trial?.Rules ?? []));

    /// <summary>Binds what is in force to a product. A ruleset that does not fit it is left out, and the problems say why.</summary>
    public static DetectionPlan Build(Product product, IReadOnlyList<ActiveRuleset> rulesets, PackCode code)
    {
        var schema = MetricSchema.Of(product, code.Derivations);
        var lateness = rulesets.SelectMany(r => new[] { r.Definition.AllowedLateness, r.Trial?.Definition.AllowedLateness }).Max();
        var tables = new RuleTables(schema, lateness);
        var composers = code.Composers.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var derivations = code.Derivations.Where(d => d.ProductId == product.Id)
            .Select(d => new BoundDerivation(d, Slots(d.Inputs), Slots(d.Outputs.Select(o => o.Name)))).ToList();
        var problems = new List<SpecProblem>();
        var arms = new List<RulesetArms>();
        foreach (var active in rulesets)
        {
            var live = Bind(active.Definition, active.Version);
            var trial = active.Trial is { } t ? Bind(t.Definition, t.Version) : null;
            if (live is not null)
                arms.Add(new RulesetArms(active, live, trial));
        }

        return new DetectionPlan(product, rulesets, tables, derivations, arms, problems);

        int[] Slots(IEnumerable<string> names) => [.. names.Select(n => tables.Symbols.Add(n, ExpressionType.Any).Slot)];

        CompiledRuleset? Bind(RulesetDefinition definition, int version)
        {
            // Checked by itself first: a ruleset that is refused would leave its windows behind.
            var check = RulesetCompiler.Compile(definition, schema, code.Models, composers, definition.Id);
            problems.AddRange(check.Problems);
            return check.Ruleset is null ? null : RulesetCompiler.Bind(definition, version, tables, code.Models, composers, definition.Id).Ruleset;
        }
    }

    /// <summary>The slot of a metric, or −1 when nothing here looks at it.</summary>
    internal int SlotOf(string metric) => _slots.GetValueOrDefault(metric, -1);

    /// <summary>Whether this is still what is in force for the product.</summary>
    internal bool IsFor(Product product, IReadOnlyList<ActiveRuleset> rulesets)
    {
        if (!ReferenceEquals(product, Product) || rulesets.Count != _active.Count)
            return false;
        for (var i = 0; i < _active.Count; i++)
        {
            if (!ReferenceEquals(rulesets[i], _active[i]))
                return false;
        }

        return true;
    }
}

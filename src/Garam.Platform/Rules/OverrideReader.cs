using Garam.Decoding.Specs;
using Garam.Decoding.Yaml;
using Garam.Expressions;

namespace Garam.Platform.Rules;

/// <summary>Reads the overrides of a rule: each for one customer, site or device.</summary>
internal static class OverrideReader
{
    private static readonly string[] Targets = ["customer", "site", "device"];

    public static IReadOnlyList<RuleOverride> ReadAll(SpecSection rule, RuleCondition own)
    {
        var overrides = new List<RuleOverride>();
        if (rule.Node("overrides") is null)
            return overrides;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in rule.Sections("overrides"))
        {
            if (overrides.Count == RulesetLimits.OverridesMax)
            {
                rule.Problem("overrides", $"the rule has more than {RulesetLimits.OverridesMax} overrides", $"Give devices with a limit of their own a tag or a metric, and name it in the condition.");
                break;
            }

            overrides.Add(Read(section, rule, own, seen));
        }

        return overrides;
    }

    private static RuleOverride Read(SpecSection section, SpecSection rule, RuleCondition own, HashSet<string> seen)
    {
        var customer = section.Text("customer");
        var site = section.Text("site");
        var device = section.Text("device");
        var condition = ConditionReader.Read(section);
        section.FinishRule();
        var line = section.Map.Line;
        var given = Targets.Where(t => section.Has(t) && section.Map[t] is not YamlScalar { Value.Length: 0 }).ToList();
        if (given.Count != 1)
            section.Problems.Add(section.Map, given.Count == 0 ? (Phrase)$"the override does not say for whom" : $"the override is for {string.Join(", ", given.Select(g => $"`{g}`"))} at once",
                $"Give each override one of `customer:`, `site:` or `device:`.");
        else if (!seen.Add(given[0] + ":" + (customer ?? site ?? device)))
            section.Problem(given[0], $"there is another override for this {given[0]}", $"Put them together.");
        if (!ConditionReader.Keys.Any(section.Has))
            section.Problems.Add(section.Map, $"the override changes nothing", $"Write one of {string.Join(", ", ConditionReader.Keys)} into it.");
        CheckAgainst(section, rule, own, condition);
        return new RuleOverride(customer, site, device, condition, line);
    }

    private static void CheckAgainst(SpecSection section, SpecSection rule, RuleCondition own, RuleCondition condition)
    {
        var judges = rule.Has("when") || rule.Has("detector");
        foreach (var key in (string[])["when", "for", "clear", "hysteresis"])
        {
            var fits = judges || (key == "for" ? !Eventful(rule) : key == "clear" && rule.Has("sequence"));
            if (section.Has(key) && !fits)
                section.Problem(key, $"the rule has no `when`, so an override cannot change `{key}`", $"Take it away, or write a rule of its own for these devices.");
        }

        if (section.Has("device") && rule.Has("across"))
            section.Problem("device", $"the rule judges a group as a whole, not one device", $"Override it for a site or a customer.");
        if (section.Has("hysteresis") && !section.Has("when") && rule.Has("clear"))
            section.Problem("hysteresis", $"the rule ends by `clear`, which this `hysteresis` would not change", $"Write `clear:` in the override.");
        ConditionReader.CheckHysteresis(section, condition, condition.When ?? own.When);
        if (condition.When is not null && own.Hysteresis is not null && condition is { Clear: null, Hysteresis: null })
            CheckInherited(section, own, condition.When);
    }

    private static void CheckInherited(SpecSection section, RuleCondition own, RuleText when)
    {
        if (own.Hysteresis is > 0 and var step && Expressions.Expression.Parse(when.Text).Expression?.WithHysteresis(step) is null)
            section.Problem("when", $"the rule's `hysteresis` goes with one comparison such as `a > 60`, and this condition is another", $"Write `clear:` in the override.");
    }

    private static bool Eventful(SpecSection rule) => rule.Has("sequence") || rule.Has("after") || rule.Has("silence");
}

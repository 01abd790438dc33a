using Garam.Decoding.Specs;
using Garam.Expressions;

namespace Garam.Platform.Rules;

/// <summary>Which keys of a rule go together: what a type needs, and what has no place in it.</summary>
internal static class RuleShape
{
    private static readonly string[] Correlating = ["across", "within", "sequence", "after", "absent"];
    private static readonly string[] Holding = ["for", "clear", "hysteresis"];

    public static void Check(SpecSection section, RuleDefinition rule)
    {
        switch (rule.Type)
        {
            case RuleType.Threshold:
                Refuse(section, $"a threshold rule", [.. Correlating, "silence", "detector", .. DetectorReader.Keys, "model"]);
                Require(section, "when", "when: temperature > 60");
                break;
            case RuleType.Anomaly:
                Refuse(section, $"an anomaly rule", [.. Correlating, "model"]);
                Anomaly(section);
                break;
            case RuleType.Correlation:
                Refuse(section, $"a correlation rule", ["silence", "detector", .. DetectorReader.Keys, "model"]);
                Correlation(section);
                break;
            case RuleType.Predictive:
                Refuse(section, $"a predictive rule", [.. Correlating, "silence", "detector", .. DetectorReader.Keys]);
                Require(section, "when", "when: probability >= 0.8");
                Model(section, rule.Model);
                break;
        }

        Devices(section, rule);
    }

    private static void Anomaly(SpecSection section)
    {
        One(section, $"an anomaly rule", "when", "detector", "silence");
        if (!section.Has("detector"))
            Refuse(section, $"a rule without `detector`", DetectorReader.Keys);
        if (section.Has("silence"))
            Refuse(section, $"a silence, which ends with the next reading", Holding);
        if (section.Text("detector") == DetectorReader.Seasonal)
            Refuse(section, $"a seasonal rule", ["clear", "hysteresis"]);
        else if (section.Has("detector"))
            Refuse(section, $"a rule with `detector`", ["hysteresis"]);
    }

    private static void Correlation(SpecSection section)
    {
        One(section, $"a correlation rule", "when", "sequence", "after");
        if (section.Has("after") || section.Has("absent"))
        {
            Require(section, "after", "after: pump_on");
            Require(section, "absent", "absent: flow > 1");
            Refuse(section, $"an absence, which ends when what was missed has come", [.. Holding, "across"]);
        }

        if (section.Has("sequence"))
            Refuse(section, $"a sequence, which happens at one moment", ["for", "hysteresis"]);
        if (section.Has("sequence") || section.Has("after"))
            Require(section, "within", "within: 5m");
        else if (section.Has("within") && !section.Has("across"))
            section.Problem("within", $"`within` has no meaning for a condition on one device", $"Add `across:`, or write windows into the condition: `max(temperature, 5m)`.");
    }

    private static void Model(SpecSection section, string? model)
    {
        Require(section, "model", "model: fire-risk");
        if (model is not null && !RuleKeys.IsId(model))
            section.Problem("model", $"`{RuleKeys.Short(model)}` cannot name a model", $"Use 1 to {RulesetLimits.IdLengthMax} letters, digits, `-` or `_`.");
    }

    /// <summary>A group is counted with <c>devices(…)</c>, and <c>devices(…)</c> needs a group.</summary>
    private static void Devices(SpecSection section, RuleDefinition rule)
    {
        if (rule.Condition.When is { } when && section.Has("when"))
        {
            var counts = Counts(when);
            if (section.Has("across") && !counts)
                section.Problem("when", $"`across` looks at several devices, and the condition counts none", $"Count them: `when: devices(temperature > 60) >= 2`.");
            if (!section.Has("across") && counts)
                section.Problem("when", $"`devices(…)` counts over a group, and the rule has none", $"Use `type: correlation` with `across: site`, customer, hub or product.");
        }

        foreach (var text in rule.Sequence.Append(rule.After).Append(rule.Absent).OfType<RuleText>().Where(Counts))
            section.Problems.Add(text.Line, text.Column, $"`devices(…)` does not go into a sequence or an absence", $"Use it in `when` of a rule with `across`.");
    }

    private static bool Counts(RuleText text) => Expression.Parse(text.Text).Expression?.UsesDevices() == true;

    private static void One(SpecSection section, Phrase rule, params string[] keys)
    {
        var given = keys.Where(section.Has).ToList();
        if (given.Count == 1)
            return;
        var all = string.Join(", ", keys.Select(k => $"`{k}`"));
        if (given.Count == 0 && !section.Has("absent"))
            section.Problems.Add(section.Map, $"{rule} needs one of {all}", $"Write when there is an alarm.");
        else if (given.Count > 1)
            section.Problem(given[1], $"{rule} has only one of {all}", $"Keep `{given[0]}` or `{given[1]}`, or make two rules.");
    }

    private static void Require(SpecSection section, string key, string example)
    {
        if (!section.Has(key))
            section.Problems.Add(section.Map, $"`{key}` is missing", $"Add it, for example `{example}`.");
    }

    private static void Refuse(SpecSection section, Phrase where, IReadOnlyList<string> keys)
    {
        foreach (var key in keys.Where(section.Has))
            section.Problem(key, $"`{key}` has no place in {where}", RemedyOf(key));
    }

    private static Phrase RemedyOf(string key) => key switch
    {
        "across" or "within" or "sequence" or "after" or "absent" => $"Take it away, or use `type: correlation`.",
        "silence" or "detector" or "metric" or "window" or "limit" or "minimum" or "time_zone" => $"Take it away, or use `type: anomaly` with `detector` or `silence`.",
        "model" => $"Take it away, or use `type: predictive`.",
        "hysteresis" => $"Take it away, or write `clear:` with the condition that ends the alarm.",
        _ => $"Take it away.",
    };
}

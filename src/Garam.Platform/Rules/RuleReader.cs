using Garam.Decoding.Specs;
using Garam.Decoding.Yaml;
using Garam.Expressions;
using Garam.Platform.Alarms;

namespace Garam.Platform.Rules;

/// <summary>Reads one rule. All keys are read whatever the type, so that a key in the wrong place is told as that and not as unknown.</summary>
internal static class RuleReader
{
    /// <summary>The rule; null when something that it must have is missing or wrong, which is among the problems then.</summary>
    public static RuleDefinition? Read(SpecSection section)
    {
        var id = section.Id("id", "overheating");
        var (titleEn, titleKo) = section.Titles("title");
        var type = section.Choice("type", ("threshold", RuleType.Threshold), ("anomaly", RuleType.Anomaly),
            ("correlation", RuleType.Correlation), ("predictive", RuleType.Predictive));
        Require(section, "type", "type: threshold");
        var condition = ConditionReader.Read(section);
        Require(section, "severity", "severity: high");
        ConditionReader.CheckHysteresis(section, condition, condition.When);
        var (detected, seasonal) = DetectorReader.Read(section);
        condition = condition with { When = condition.When ?? detected };
        var (adviceEn, adviceKo) = section.Sentences("advice");
        var rule = new RuleDefinition
        {
            Id = id ?? "",
            Type = type ?? RuleType.Threshold,
            Line = section.Map.Line,
            TitleEn = titleEn,
            TitleKo = titleKo,
            Condition = condition,
            Overrides = OverrideReader.ReadAll(section, condition),
            FollowUp = ReadFollowUp(section),
            Texts = ReadTexts(section),
            AdviceEn = adviceEn,
            AdviceKo = adviceKo,
            Value = section.Expression("value"),
            Across = section.Choice("across", ("site", RuleScope.Site), ("customer", RuleScope.Customer), ("hub", RuleScope.Hub), ("product", RuleScope.Product)),
            Within = section.Duration("within", RulesetLimits.DurationMin, RulesetLimits.DurationMax),
            Sequence = ReadSequence(section),
            After = section.Expression("after"),
            Absent = section.Expression("absent"),
            Silence = section.Duration("silence", RulesetLimits.DurationMin, RulesetLimits.DurationMax),
            Seasonal = seasonal,
            Model = section.Text("model"),
        };
        section.FinishRule();
        if (type is not null)
            RuleShape.Check(section, rule);
        return id is null || type is null ? null : rule;
    }

    private static void Require(SpecSection section, string key, string example)
    {
        if (!section.Has(key))
            section.Problems.Add(section.Map, $"`{key}` is missing", $"Add it, for example `{example}`.");
    }

    private static FollowUp? ReadFollowUp(SpecSection section)
    {
        if (section.Texts("then") is not { } words)
            return null;
        var followUp = FollowUp.Log;
        foreach (var word in words)
        {
            switch (word)
            {
                case "action":
                    followUp |= FollowUp.Action;
                    break;
                case "notify":
                    followUp |= FollowUp.Notify;
                    break;
                case "queue":
                    followUp |= FollowUp.Queue;
                    break;
                case "log":
                    break;
                default:
                    section.Problem("then", $"`{RuleKeys.Short(word)}` is nothing that may follow", Spelling.Remedy(word, ["action", "notify", "queue", "log"]));
                    break;
            }
        }

        if (words.Count == 0 || (words.Count > 1 && words.Contains("log")))
            section.Problem("then", words.Count == 0 ? (Phrase)$"`then` is empty" : $"`log` means that nothing else follows", $"Write `then: log`, or some of action, notify, queue.");
        return followUp;
    }

    private static string? ReadTexts(SpecSection section)
    {
        if (section.Text("texts") is not { } name || RuleKeys.IsId(name))
            return section.Text("texts");
        section.Problem("texts", $"`{RuleKeys.Short(name)}` names no texts", $"Write the name under which a pack brings them, such as `texts: fire`.");
        return null;
    }

    private static IReadOnlyList<RuleText> ReadSequence(SpecSection section)
    {
        if (section.List("sequence") is not YamlList list)
            return [];
        if (list.Items.Count is < 2 or > RulesetLimits.SequenceMax)
        {
            section.Problem("sequence", $"a sequence of {list.Items.Count}", $"Write 2 to {RulesetLimits.SequenceMax} conditions, each of which follows the one before.");
            return [];
        }

        return [.. list.Items.Select(item => RuleKeys.Expression(item, "sequence", section.Problems)).OfType<RuleText>()];
    }
}

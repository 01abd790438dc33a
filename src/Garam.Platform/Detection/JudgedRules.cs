using Garam.Platform.Alarms;
using Garam.Platform.Rules;
using Garam.TimeSeries;

namespace Garam.Platform.Detection;

/// <summary>Which rules judge a device: of the live version or the one on trial, with the condition its overrides give it, and in its groups.</summary>
internal static class JudgedRules
{
    public static JudgedRule[] Of(DetectionPlan plan, DeviceFacts facts, TimeSeriesStore store, SeriesGroup group, Func<AlarmKey, LastingAlarm?> lasting) =>
        [.. plan.Rulesets.SelectMany(r => RulesOf(plan, r, facts, lasting)).Select(r => WithSeason(r, store, group))];

    private static IEnumerable<JudgedRule> RulesOf(DetectionPlan plan, RulesetArms arms, DeviceFacts facts, Func<AlarmKey, LastingAlarm?> lasting)
    {
        var (own, arm) = arms.For(facts.DeviceId);
        foreach (var rule in own.Rules.Where(r => r.Definition.Across is null && !r.IsWaiting))
        {
            var condition = rule.ConditionFor(facts.DeviceId, facts.Site, facts.Customer);
            if (condition.Enabled)
                yield return new JudgedRule(rule, condition, arm, rule.KeyOf(facts.DeviceId), null);
        }

        foreach (var scope in Enum.GetValues<RuleScope>())
        {
            if (SubjectOf(scope, plan, facts) is not { } subject)
                continue;
            // A group is judged as a whole, by the version its own name falls to.
            var (shared, groupArm) = arms.For(subject);
            foreach (var rule in shared.Rules.Where(r => r.Definition.Across == scope && !r.IsWaiting))
            {
                var condition = rule.ConditionFor("", facts.Site, facts.Customer);
                if (condition.Enabled)
                    yield return new JudgedRule(rule, condition, groupArm, rule.KeyOf(subject), Group(plan, rule, subject, lasting));
            }
        }
    }

    private static string? SubjectOf(RuleScope scope, DetectionPlan plan, DeviceFacts facts) => scope switch
    {
        RuleScope.Site => facts.Site is { } site ? "site:" + site : null,
        RuleScope.Customer => facts.Customer is { } customer ? "customer:" + customer : null,
        RuleScope.Hub => facts.Hub is { } hub ? "hub:" + hub : null,
        _ => "product:" + plan.Product.Id,
    };

    private static RuleGroup Group(DetectionPlan plan, CompiledRule rule, string subject, Func<AlarmKey, LastingAlarm?> lasting) =>
        plan.Groups.GetOrAdd((rule, subject), at => new RuleGroup(at.Rule, at.Rule.KeyOf(at.Subject), lasting(at.Rule.KeyOf(at.Subject))));

    private static JudgedRule WithSeason(JudgedRule judged, TimeSeriesStore store, SeriesGroup group) =>
        judged.Rule.Definition.Seasonal is not { } seasonal
            ? judged
            : new JudgedRule(judged.Rule, judged.Condition, judged.Arm, judged.Key, null) { Seasonal = new SeasonalProfile(seasonal, store, group) };
}

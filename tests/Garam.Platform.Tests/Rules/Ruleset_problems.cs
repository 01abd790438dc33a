using System.Text;
using Garam.Platform.Rules;

namespace Garam.Platform.Tests.Rules;

/// <summary>What is wrong in a ruleset's file is told with its place and a remedy, all of it at once.</summary>
public sealed class Ruleset_problems
{
    [Theory]
    [InlineData("", "1:1: the file is empty. Write a ruleset; docs/reference/rules.md has examples.")]
    [InlineData("- a", "1:1: the file is a list, not a mapping of keys. Start with `ruleset: …`.")]
    [InlineData("ruleset: [", "this is not YAML")]
    [InlineData("ruleset: a b\nproduct: p\nrules: []", "1:10: `a b` cannot be an id. Use 1 to 64 letters, digits, `-` or `_`.")]
    [InlineData("product: p\nrules: []", "1:1: `ruleset` is missing.")]
    [InlineData("ruleset: a\nrules: []", "1:1: `product` is missing.")]
    [InlineData("ruleset: a\nproduct: p", "1:1: `rules` is missing.")]
    [InlineData("ruleset: a\nproduct: p\nrules: {}", "3:8: `rules` is a mapping, not a list.")]
    [InlineData("ruleset: a\nproduct: p\nrules: [7]", "3:9: `7` stands in `rules`, which is a list of mappings.")]
    [InlineData("ruleset: a\nproduct: p\nruels: []", "3:1: unknown key `ruels`. Did you mean `rules`?")]
    [InlineData("ruleset: a\nproduct: p\nversion: 0\nrules: []", "3:10: `version` is `0`, not a whole number from 1 to 2147483647.")]
    [InlineData("ruleset: a\nproduct: p\nallowed_lateness: 2d\nrules: []", "3:19: `allowed_lateness` is 2d. Write a duration from 0s to 1d.")]
    public void Of_the_file(string text, string problem) => Problems(text).ShouldContain(p => p.Contains(problem), string.Join('\n', Problems(text)));

    [Theory]
    [InlineData("type: treshold, when: a > 1, severity: low", "`treshold` is no value of `type`. Did you mean `threshold`?")]
    [InlineData("when: a > 1, severity: low", "`type` is missing.")]
    [InlineData("type: threshold, when: a > 1", "`severity` is missing.")]
    [InlineData("type: threshold, severity: low", "`when` is missing.")]
    [InlineData("type: threshold, when: a > 1, severity: urgent", "`urgent` is no value of `severity`. Use one of: critical, high, medium, low.")]
    [InlineData("type: threshold, when: a > 1, severty: low", "unknown key `severty`. Did you mean `severity`?")]
    [InlineData("type: threshold, when: a >> 1, severity: low", "4:39: in `when`: `>` does not belong here.")]
    [InlineData("type: threshold, when: 'a >> 1', severity: low", "4:40: in `when`: `>` does not belong here.")]
    [InlineData("type: threshold, when: \"a\\u0020>> 1\", severity: low", "4:36: in `when`, character 4: `>` does not belong here.")]
    [InlineData("type: threshold, when: max(a, b) > 1, severity: low", "4:43: to YAML the comma before `b) > 1` ends the value. Inside of {…} put an expression")]
    [InlineData("type: threshold, when: {a: 1}, severity: low", "`when` is a mapping, not a condition.")]
    [InlineData("type: threshold, when: [a], severity: low", "`when` is a list, not a condition.")]
    [InlineData("type: threshold, when: a > 1, severity: low, message: 'hot {a'", "in `message`: the text ends where `}` or `:` should come.")]
    [InlineData("type: threshold, when: a > 1, severity: low, message: {a}", "unknown key `a`. Use one of: en, ko.")]
    [InlineData("type: threshold, when: a > 1, severity: low, message: {}", "`message` says nothing.")]
    [InlineData("type: threshold, when: a > 1, severity: low, for: 10", "`10` is no duration.")]
    [InlineData("type: threshold, when: a > 1, severity: low, for: 40d", "`for` is 40d. Write a duration from 0s to 31d.")]
    [InlineData("type: threshold, when: a > 1, severity: low, hysteresis: warm", "`hysteresis` is `warm`, not a number.")]
    [InlineData("type: threshold, when: a > 1, severity: low, hysteresis: 1e400", "`hysteresis` is ")]
    [InlineData("type: threshold, when: a > 1, severity: low, hysteresis: -1", "`hysteresis` is not above 0.")]
    [InlineData("type: threshold, when: a > 1, severity: low, hysteresis: 1, clear: a < 0", "`clear` and `hysteresis` both say when the alarm ends.")]
    [InlineData("type: threshold, when: a > 1 and b > 1, severity: low, hysteresis: 1", "`hysteresis` goes with one comparison such as `a > 60`")]
    [InlineData("type: threshold, when: a > 1, severity: low, enabled: yes", "`enabled` is `yes`, not true or false.")]
    [InlineData("type: threshold, when: a > 1, severity: low, then: [notfy]", "`notfy` is nothing that may follow. Did you mean `notify`?")]
    [InlineData("type: threshold, when: a > 1, severity: low, then: [log, notify]", "`log` means that nothing else follows.")]
    [InlineData("type: threshold, when: a > 1, severity: low, then: []", "`then` is empty.")]
    [InlineData("type: threshold, when: a > 1, severity: low, texts: a b", "`a b` names no texts.")]
    [InlineData("type: threshold, when: a > 1, severity: low, across: site", "`across` has no place in a threshold rule. Take it away, or use `type: correlation`.")]
    [InlineData("type: threshold, when: a > 1, severity: low, silence: 5m", "`silence` has no place in a threshold rule.")]
    [InlineData("type: threshold, when: a > 1, severity: low, model: m", "`model` has no place in a threshold rule.")]
    [InlineData("type: threshold, when: devices(a > 1) > 2, severity: low", "`devices(…)` counts over a group, and the rule has none.")]
    [InlineData("type: anomaly, severity: low", "an anomaly rule needs one of `when`, `detector`, `silence`.")]
    [InlineData("type: anomaly, severity: low, when: a > 1, silence: 5m", "an anomaly rule has only one of")]
    [InlineData("type: anomaly, severity: low, silence: 5m, for: 1m", "`for` has no place in a silence, which ends with the next reading.")]
    [InlineData("type: anomaly, severity: low, silence: 0s", "`silence` is 0s. Write a duration from 1s to 31d.")]
    [InlineData("type: anomaly, severity: low, when: a > 1, metric: a", "`metric` has no place in a rule without `detector`.")]
    [InlineData("type: anomaly, severity: low, detector: z-score, metric: a, window: 1h, limit: 3", "`z-score` is no value of `detector`. Did you mean `zscore`?")]
    [InlineData("type: anomaly, severity: low, detector: zscore, window: 1h, limit: 3", "the detector needs `metric`.")]
    [InlineData("type: anomaly, severity: low, detector: zscore, metric: a, limit: 3", "the detector needs `window`.")]
    [InlineData("type: anomaly, severity: low, detector: zscore, metric: a, window: 1h", "the detector needs `limit`.")]
    [InlineData("type: anomaly, severity: low, detector: zscore, metric: a, window: 1h, limit: 0", "`limit` is not above 0.")]
    [InlineData("type: anomaly, severity: low, detector: zscore, metric: a, window: 60d, limit: 3", "`window` is 60d. Write a duration from 1s to 31d.")]
    [InlineData("type: anomaly, severity: low, detector: zscore, metric: a, window: 1h, limit: 3, hysteresis: 1", "`hysteresis` has no place in a rule with `detector`.")]
    [InlineData("type: anomaly, severity: low, detector: flat_line, metric: a, window: 1h", "the detector needs `minimum`.")]
    [InlineData("type: anomaly, severity: low, detector: zscore, metric: 'a + b', window: 1h, limit: 3", null)]
    [InlineData("type: anomaly, severity: low, detector: zscore, metric: 'a`b', window: 1h, limit: 3", "`a`b` is no name of a metric.")]
    [InlineData("type: anomaly, severity: low, detector: seasonal, metric: a, limit: 3, minimum: 2", "`minimum` is `2`, not a whole number from 3")]
    [InlineData("type: anomaly, severity: low, detector: seasonal, metric: a, limit: 3, window: 1h", "`seasonal` compares with the same hour")]
    [InlineData("type: anomaly, severity: low, detector: seasonal, metric: a, limit: 3, time_zone: Asia/Soul", "there is no time zone `Asia/Soul`.")]
    [InlineData("type: correlation, severity: low", "a correlation rule needs one of `when`, `sequence`, `after`.")]
    [InlineData("type: correlation, severity: low, across: site, when: a > 1", "`across` looks at several devices, and the condition counts none.")]
    [InlineData("type: correlation, severity: low, across: town, when: devices(a > 1) > 1", "`town` is no value of `across`.")]
    [InlineData("type: correlation, severity: low, when: a > 1, within: 5m", "`within` has no meaning for a condition on one device.")]
    [InlineData("type: correlation, severity: low, sequence: [a > 1, b > 1]", "`within` is missing.")]
    [InlineData("type: correlation, severity: low, sequence: [a > 1], within: 5m", "a sequence of 1.")]
    [InlineData("type: correlation, severity: low, sequence: [a > 1, b >], within: 5m", "in `sequence`: the text ends where")]
    [InlineData("type: correlation, severity: low, sequence: [a > 1, b > 1], within: 5m, for: 5s", "`for` has no place in a sequence, which happens at one moment.")]
    [InlineData("type: correlation, severity: low, sequence: [a > 1, devices(b > 1) > 1], within: 5m, across: site", "`devices(…)` does not go into a sequence")]
    [InlineData("type: correlation, severity: low, after: a > 1, within: 5m", "`absent` is missing.")]
    [InlineData("type: correlation, severity: low, absent: a > 1, within: 5m", "`after` is missing.")]
    [InlineData("type: correlation, severity: low, after: a > 1, absent: b > 1, within: 5m, across: site", "`across` has no place in an absence")]
    [InlineData("type: predictive, severity: low, when: probability > 1", "`model` is missing.")]
    [InlineData("type: predictive, severity: low, when: probability > 1, model: a/b", "`a/b` cannot name a model.")]
    [InlineData("type: threshold, when: a > 1, severity: low, overrides: [{site: '', when: a > 2}]", "the override does not say for whom.")]
    [InlineData("type: threshold, when: a > 1, severity: low, overrides: [{when: a > 2}]", "the override does not say for whom.")]
    [InlineData("type: threshold, when: a > 1, severity: low, overrides: [{site: s, device: d, when: a > 2}]", "the override is for `site`, `device` at once.")]
    [InlineData("type: threshold, when: a > 1, severity: low, overrides: [{site: s}]", "the override changes nothing.")]
    [InlineData("type: threshold, when: a > 1, severity: low, overrides: [{site: s, for: 1m}, {site: s, for: 2m}]", "there is another override for this site.")]
    [InlineData("type: threshold, when: a > 1, severity: low, overrides: [{site: s, wehn: a > 2}]", "unknown key `wehn`. Did you mean `when`?")]
    [InlineData("type: threshold, when: a > 1, clear: a < 0, severity: low, overrides: [{site: s, hysteresis: 2}]", "the rule ends by `clear`, which this `hysteresis` would not change.")]
    [InlineData("type: threshold, when: a > 1, hysteresis: 1, severity: low, overrides: [{site: s, when: a > 2 and b > 1}]", "the rule's `hysteresis` goes with one comparison")]
    [InlineData("type: anomaly, silence: 5m, severity: low, overrides: [{site: s, when: a > 2}]", "the rule has no `when`, so an override cannot change `when`.")]
    [InlineData("type: correlation, across: site, when: devices(a > 1) > 1, severity: low, overrides: [{device: d, severity: high}]", "the rule judges a group as a whole, not one device.")]
    public void Of_a_rule(string keys, string? problem)
    {
        var problems = Problems(Ruleset_files.Rule(keys));
        if (problem is null)
            problems.ShouldBeEmpty();
        else
            problems.ShouldContain(p => p.StartsWith("a.yaml:4:") && p.Contains(problem), string.Join('\n', problems));
    }

    [Fact]
    public void All_problems_are_told_in_the_order_of_the_file()
    {
        var problems = Problems("""
            ruleset: a
            product: p
            rules:
              - id: one
                type: threshold
                when: a >
                severity: bad
              - id: one
                type: anomaly
                when: a > 1
                severity: low
              - {id: one, type: threshold, when: b > 1, severity: low, colour: red}
            """);

        problems.Select(p => p[..p.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe(["a.yaml:6:14", "a.yaml:7:15", "a.yaml:8:9", "a.yaml:12:10", "a.yaml:12:60"]);
        problems[2].ShouldContain("the rule `one` is there already, on line 4");
    }

    [Fact]
    public void What_grows_is_limited()
    {
        var rules = new StringBuilder("ruleset: a\nproduct: p\nrules:\n");
        for (var i = 0; i <= RulesetLimits.RulesMax; i++)
            rules.Append($"  - {{id: r{i}, type: threshold, when: a > 1, severity: low}}\n");
        Problems(rules.ToString()).Single().ShouldContain("more than 500 rules");

        var overrides = string.Join(", ", Enumerable.Range(0, RulesetLimits.OverridesMax + 1).Select(i => $"{{site: s{i}, for: 1m}}"));
        Problems(Ruleset_files.Rule($"type: threshold, when: a > 1, severity: low, overrides: [{overrides}]")).Single().ShouldContain("more than 1000 overrides");

        var long_ = new string('x', 5_000);
        Problems(Ruleset_files.Rule($"type: threshold, when: {long_} > 1, severity: low")).ShouldContain(p => p.Contains("characters"));
        Problems(Ruleset_files.Rule($"type: threshold, when: a > 1, severity: low, title: {long_}")).Single().ShouldContain("`title` has 5000 characters");
        Problems(Ruleset_files.Rule($"type: threshold, when: a > 1, severity: low, advice: [{long_}]")).Single().ShouldContain("the advice is too long");
    }

    private static List<string> Problems(string text) => [.. RulesetFile.Parse(text, "a.yaml").Problems.Select(p => p.ToString())];
}

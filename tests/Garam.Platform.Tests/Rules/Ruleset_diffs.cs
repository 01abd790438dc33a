using Garam.Platform.Rules;
using Garam.Platform.Rules.Diff;

namespace Garam.Platform.Tests.Rules;

/// <summary>What differs between two versions.</summary>
public sealed class Ruleset_diffs
{
    [Fact]
    public void A_changed_limit_is_one_key_and_two_lines()
    {
        var diff = Diff(RulesetBed.Text(60), RulesetBed.Text(70));

        diff.Rules.Single().ShouldSatisfyAllConditions(
            r => (r.Rule, r.Kind).ShouldBe(("hot", "changed")),
            r => r.Changes.ShouldBe([new FieldChange("when", "temperature > 60", "temperature > 70")]));
        diff.Lines.ShouldBe(
            "@@ -4,5 +4,5 @@\n rules:\n   - id: hot\n     type: threshold\n-    when: temperature > 60\n+    when: temperature > 70\n     severity: high\n");
    }

    [Fact]
    public void Added_and_removed_rules_and_keys_are_told()
    {
        const string more = "  - id: warm\n    type: threshold\n    when: temperature > 40\n    for: 90s\n    severity: low\n    then: notify\n";
        var added = Diff(RulesetBed.Text(), RulesetBed.Text(more: more));
        var removed = Diff(RulesetBed.Text(more: more), RulesetBed.Text(more: more.Replace("    for: 90s\n", "", StringComparison.Ordinal)));

        (added.Rules.Single().Rule, added.Rules.Single().Kind).ShouldBe(("warm", "added"));
        added.Rules.Single().Changes.ShouldContain(new FieldChange("for", null, "90s"));
        removed.Rules.Single().Changes.ShouldBe([new FieldChange("for", "90s", null)]);
        Diff(RulesetBed.Text(more: more), RulesetBed.Text()).Rules.Single().Kind.ShouldBe("removed");
    }

    [Fact]
    public void The_same_text_differs_in_nothing()
    {
        var diff = Diff(RulesetBed.Text(), RulesetBed.Text());

        diff.Rules.ShouldBeEmpty();
        diff.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Changes_far_apart_are_hunks_of_their_own()
    {
        var before = string.Join('\n', Enumerable.Range(1, 40).Select(i => $"# {i}"));
        var after = before.Replace("# 3\n", "# three\n", StringComparison.Ordinal).Replace("# 30\n", "", StringComparison.Ordinal);

        LineDiff.Unified(before, after).Split('\n').Where(l => l.StartsWith("@@", StringComparison.Ordinal))
            .ShouldBe(["@@ -1,6 +1,6 @@", "@@ -27,7 +27,6 @@"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_lines_of_a_diff_make_the_one_text_from_the_other(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var before = Lines(random);
            var after = Lines(random);
            Patched(before, LineDiff.Unified(before, after)).ShouldBe(after, $"seed {seed}, round {round}");
        }
    }

    /// <summary>The former text with the hunks of a diff applied.</summary>
    private static string Patched(string before, string diff)
    {
        var lines = before.Split('\n');
        var patched = new List<string>();
        var at = 0;
        foreach (var line in diff.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '@')
            {
                var first = int.Parse(line.Split(['-', ','])[1], System.Globalization.CultureInfo.InvariantCulture) - 1;
                patched.AddRange(lines[at..first]);
                at = first;
                continue;
            }

            if (line[0] != '+')
                lines[at++].ShouldBe(line[1..]);
            if (line[0] != '-')
                patched.Add(line[1..]);
        }

        return string.Join('\n', patched.Concat(lines[at..]));
    }

    private static string Lines(Random random) => string.Join('\n', Enumerable.Range(0, random.Next(1, 30)).Select(_ => "line " + random.Next(6)));

    private static RulesetDiff Diff(string from, string to) =>
        RulesetDiff.Of(RulesetFile.Parse(from, "from").Definition!, RulesetFile.Parse(to, "to").Definition!);
}

using Garam.Platform.Rules;

namespace Garam.Platform.Tests.Rules;

/// <summary>The rulesets of packs, read and read again.</summary>
public sealed class Pack_rulesets : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackFolders _packs;

    public Pack_rulesets() => _packs = new PackFolders(_folder);

    public void Dispose()
    {
        _packs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Rulesets_of_all_packs_are_read_but_not_those_of_test_cases()
    {
        var file = _packs.WriteRuleset("b", "heat", Text("heat"));
        _packs.WriteRuleset("a", "wear", Text("wear"));
        _packs.WriteRuleset("a", "testcases/one/draft", "not a ruleset");

        var set = _packs.Open().Current;

        set.Problems.ShouldBeEmpty();
        set.Rulesets.Select(r => (r.Id, r.Pack)).ShouldBe([("heat", "b"), ("wear", "a")]);
        (set.Rulesets[0].File, set.Rulesets[0].Text, set.Rulesets[0].Definition.Version).ShouldBe((file, Text("heat"), 1));
    }

    [Fact]
    public void A_file_with_an_error_keeps_the_ruleset_it_held_and_says_where_and_why()
    {
        var file = _packs.WriteRuleset("a", "heat", Text("heat"));
        _packs.WriteRuleset("a", "wear", Text("wear"));
        var catalog = _packs.Open();
        var before = catalog.Current;
        _packs.WriteRuleset("a", "heat", Text("heat", 2) + "colour: red\n");

        var after = catalog.Reload();

        after.Rulesets.ShouldBe(before.Rulesets);
        after.Problems.Single().ToString().ShouldStartWith($"{file}:5:1: unknown key `colour`.");
    }

    [Fact]
    public void A_changed_file_is_read_anew_and_a_removed_one_is_gone()
    {
        _packs.WriteRuleset("a", "heat", Text("heat"));
        var wear = _packs.WriteRuleset("a", "wear", Text("wear"));
        var catalog = _packs.Open();
        _packs.WriteRuleset("a", "heat", Text("heat", 2));
        File.Delete(wear);

        catalog.Reload().Rulesets.Select(r => (r.Id, r.Definition.Version)).ShouldBe([("heat", 2)]);
    }

    [Fact]
    public void The_same_ruleset_twice_is_a_problem_and_the_first_stays()
    {
        _packs.WriteRuleset("a", "heat", Text("heat"));
        var second = _packs.WriteRuleset("b", "heat", Text("heat", 2));

        var set = _packs.Open().Current;

        set.Rulesets.Single().Pack.ShouldBe("a");
        set.Problems.Single().ToString().ShouldStartWith($"{second}:1:1: the ruleset `heat` is already in ");
    }

    [Fact]
    public void The_local_pack_wins()
    {
        _packs.WriteRuleset("a", "heat", Text("heat"));
        _packs.WriteRuleset(PackFolder.Local, "heat", Text("heat", 7));

        var set = _packs.Open().Current;

        set.Problems.ShouldBeEmpty();
        (set.Rulesets.Single().Pack, set.Rulesets.Single().Definition.Version).ShouldBe(("local", 7));
    }

    [Fact]
    public void Check_binds_rules_to_the_metrics_of_their_product_wherever_it_is()
    {
        const string spec = "product_type: p\nformat: json\nconversion: {mapping: [{source: a, target: temperature, type: float}]}\n";
        _packs.WriteProduct("a", "p", spec);
        _packs.WriteProduct("b", "q", spec.Replace("product_type: p", "product_type: q"));
        var same = _packs.WriteRuleset("a", "same", Rules("same", "p", "temperature > 1"));
        var other = _packs.WriteRuleset("a", "other", Rules("other", "q", "temprature > 1"));
        var none = _packs.WriteRuleset("a", "none", Rules("none", "qq", "temperature > 1"));
        var waiting = _packs.WriteRuleset("a", "waiting", Rules("waiting", "p", "risk > 1").Replace("threshold", "predictive, model: m"));
        var known = _packs.Open().Current;

        var pack = new PackCheck(known, new RulesetCheck(PackCode.None));
        pack.Check(_folder.File("packs/a"));

        pack.Problems.Select(p => p.ToString()).Order().ShouldBe([
            $"{none}:1:1: there is no product `qq`. Did you mean `q`?",
            $"{other}:3:40: rule `r`: unknown metric `temprature`; the product has `temperature`. Write temperature.",
        ]);
        pack.Notes.Single().ToString().ShouldStartWith($"{waiting}:3:1: rule `r` waits: the model `m` is not installed.");
        Problems(PackSet.Empty, same).ShouldBeEmpty();
        Problems(PackSet.Empty, other).Single().ShouldContain("there is no product `q`");
        Problems(known, _folder.Write("draft.yaml", Rules("draft", "q", "humidity > 1"))).Single().ShouldContain("unknown metric `humidity`");

        static string Rules(string id, string product, string when) =>
            $"ruleset: {id}\nproduct: {product}\nrules: [{{id: r, type: threshold, when: {when}, severity: low}}]\n";

        static List<string> Problems(PackSet known, string path)
        {
            var check = new PackCheck(known, new RulesetCheck(PackCode.None));
            check.Check(path).ShouldBe(1);
            return [.. check.Problems.Select(p => p.ToString())];
        }
    }

    [Fact]
    public void Check_looks_at_the_rulesets_of_a_pack_and_at_a_file_alone()
    {
        var file = _packs.WriteRuleset("a", "heat", "ruleset: heat\nproduct: p\nrules: [{}]\n");
        var check = new PackCheck(PackSet.Empty, new RulesetCheck(PackCode.None));

        check.Check(_folder.File("packs/a")).ShouldBe(1);
        check.Problems.ShouldContain(p => p.File == file && p.Line == 3 && p.Message.ToString() == "`type` is missing");

        var draft = _folder.Write("draft.yaml", "# tomorrow\nruleset: heat\nproduct: p\n");
        var alone = new PackCheck(PackSet.Empty, new RulesetCheck(PackCode.None));
        alone.Check(draft).ShouldBe(1);
        alone.Problems.Single().Message.ToString().ShouldBe("`rules` is missing");
    }

    private static string Text(string id, int version = 1) =>
        $"ruleset: {id}\nproduct: p\nversion: {version}\nrules: [{{id: r, type: threshold, when: a > 1, severity: low}}]\n";
}

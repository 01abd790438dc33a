using Garam.Decoding.Specs;

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
    public void Check_looks_at_the_rulesets_of_a_pack_and_at_a_file_alone()
    {
        var file = _packs.WriteRuleset("a", "heat", "ruleset: heat\nproduct: p\nrules: [{}]\n");
        var problems = new List<SpecProblem>();

        PackCheck.Check(_folder.File("packs/a"), problems).ShouldBe(1);
        problems.ShouldContain(p => p.File == file && p.Line == 3 && p.Message == "`type` is missing");

        var draft = _folder.Write("draft.yaml", "# tomorrow\nruleset: heat\nproduct: p\n");
        problems.Clear();
        PackCheck.Check(draft, problems).ShouldBe(1);
        problems.Single().Message.ShouldBe("`rules` is missing");
    }

    private static string Text(string id, int version = 1) =>
        $"ruleset: {id}\nproduct: p\nversion: {version}\nrules: [{{id: r, type: threshold, when: a > 1, severity: low}}]\n";
}

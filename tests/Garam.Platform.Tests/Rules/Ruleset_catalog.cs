using Garam.Decoding;
using Garam.Platform.Packs;
using Garam.Platform.Rules;
using Garam.Platform.Rules.Versions;

namespace Garam.Platform.Tests.Rules;

/// <summary>The life of rulesets: versions, what is in force, who decided.</summary>
public sealed class Ruleset_catalog : IAsyncDisposable
{
    private readonly RulesetBed _bed = new();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public void A_spec_that_would_put_a_ruleset_out_of_force_says_which_and_where()
    {
        _bed.Open().Catalog.Put("heat", RulesetBed.Text(), "kim", true, RulesetBed.By("kim")).Refusal.ShouldBeNull();
        var text = RulesetBed.Product.Replace("target: temperature", "target: heat", StringComparison.Ordinal);
        var spec = PackCatalog.CheckProduct("boiler", text).Spec.ShouldNotBeNull();
        var product = new Product("boiler", PackFolder.Local, "boiler.yaml", text, spec, ProductDecoder.Compile(spec));

        var (ruleset, problems) = _bed.Catalog.Misfits(product).ShouldHaveSingleItem();
        (ruleset, problems[0].Line).ShouldBe(("heat", 7));
        _bed.Packs.Current.TryGetProduct("boiler", out var present).ShouldBeTrue();
        _bed.Catalog.Misfits(present).ShouldBeEmpty();
        _bed.Catalog.Current.Rulesets.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_put_text_is_a_version_and_judges_only_when_it_is_activated()
    {
        var catalog = _bed.Open().Catalog;

        var outcome = catalog.Put("heat", RulesetBed.Text(), "kim", activate: false, RulesetBed.By("local", "first try"));

        (outcome.Refusal, outcome.Version).ShouldBe((null, 1));
        catalog.Current.Rulesets.ShouldBeEmpty();
        catalog.Activate("heat", 1, RulesetBed.By("lee", "looks right")).Refusal.ShouldBeNull();
        catalog.Current.For("boiler").Single().Version.ShouldBe(1);
        catalog.Store.Changes("heat").Select(c => (c.Kind, c.By, c.Reason)).ShouldBe(
            [(RulesetChangeKind.Activated, "lee", "looks right"), (RulesetChangeKind.Recorded, "local", "first try")]);
        (catalog.Store.Find("heat", 1)!.Author, catalog.Store.Find("heat", 1)!.Reason).ShouldBe(("kim", "first try"));
    }

    [Fact]
    public void A_version_is_the_files_own_when_larger_and_else_the_next()
    {
        var catalog = _bed.Open().Catalog;

        Put(RulesetBed.Text(60, version: 7)).ShouldBe(7);
        Put(RulesetBed.Text(61, version: 7)).ShouldBe(8);
        Put(RulesetBed.Text(62, version: 2_000_000_000)).ShouldBe(9);
        Put(RulesetBed.Text(62, version: 2_000_000_000)).ShouldBe(9);

        int Put(string text) => catalog.Put("heat", text, "kim", false, RulesetBed.By("kim")).Version;
    }

    [Fact]
    public void A_text_with_errors_is_refused_with_every_place_and_changes_nothing()
    {
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(), "kim", true, RulesetBed.By("kim"));

        var form = catalog.Put("heat", "ruleset: heat\nproduct: boiler\nrules:\n  - id: hot\n    type: thresh\n    colour: red\n", "kim", true, RulesetBed.By("kim"));
        var metric = catalog.Put("heat", RulesetBed.Text().Replace("temperature", "temprature", StringComparison.Ordinal), "kim", true, RulesetBed.By("kim"));
        var other = catalog.Put("heat", RulesetBed.Text(id: "cold"), "kim", true, RulesetBed.By("kim"));
        var product = catalog.Put("heat", RulesetBed.Text().Replace("boiler", "kettle", StringComparison.Ordinal), "kim", true, RulesetBed.By("kim"));

        form.Problems.Count.ShouldBeGreaterThan(1);
        form.Problems.ShouldAllBe(p => p.File == "heat.yaml" && p.Line > 0);
        metric.Problems.Single().ToString().ShouldContain("heat.yaml:7:");
        other.Problems.Single().Message.ToString().ShouldContain("of the ruleset `cold`");
        product.Problems.Single().Message.ToString().ShouldContain("no product `kettle`");
        new[] { form, metric, other, product }.ShouldAllBe(o => o.Refusal == RulesetRefusal.Invalid);
        catalog.Current.Rulesets.Single().Version.ShouldBe(1);
        catalog.Store.Newest("heat")!.Version.ShouldBe(1);
    }

    [Fact]
    public void Each_rollback_takes_one_step_further_back()
    {
        var catalog = _bed.Open().Catalog;
        foreach (var limit in new[] { 60, 61, 62 })
            catalog.Put("heat", RulesetBed.Text(limit), "kim", true, RulesetBed.By("kim"));

        catalog.Rollback("heat", RulesetBed.By("kim", "too many")).Version.ShouldBe(2);
        catalog.Rollback("heat", RulesetBed.By("kim", "still")).Version.ShouldBe(1);
        var refused = catalog.Rollback("heat", RulesetBed.By("kim"));

        refused.Refusal.ShouldBe(RulesetRefusal.Unfitting);
        catalog.Current.Rulesets.Single().Version.ShouldBe(1);
        catalog.Activate("heat", 3, RulesetBed.By("kim"));
        catalog.Rollback("heat", RulesetBed.By("kim")).Version.ShouldBe(1);
    }

    [Fact]
    public void A_rollback_to_a_version_whose_product_is_gone_is_refused_with_the_reason()
    {
        _bed.WriteProduct(RulesetBed.Product);
        var catalog = _bed.Open().Catalog;
        _bed.Packs.PutProduct("kettle", RulesetBed.Product.Replace("boiler", "kettle", StringComparison.Ordinal)).ShouldBeEmpty();
        catalog.Put("heat", RulesetBed.Text().Replace("boiler", "kettle", StringComparison.Ordinal), "kim", true, RulesetBed.By("kim"));
        catalog.Put("heat", RulesetBed.Text(), "kim", true, RulesetBed.By("kim")).Refusal.ShouldBeNull();
        File.Delete(_bed.Packs.Current.Products.Single(p => p.Id == "kettle").File);
        _bed.Packs.Reload();

        var refused = catalog.Rollback("heat", RulesetBed.By("kim"));

        refused.Refusal.ShouldBe(RulesetRefusal.DoesNotFit);
        refused.Detail.ShouldNotBeNull().ToString().ShouldContain("there is no product `kettle`");
        catalog.Current.Rulesets.Single().Version.ShouldBe(2);
    }

    [Fact]
    public void A_rollback_to_a_version_that_names_a_metric_that_is_gone_is_refused_with_the_place()
    {
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text().Replace("temperature", "pressure", StringComparison.Ordinal), "kim", true, RulesetBed.By("kim"));
        catalog.Put("heat", RulesetBed.Text(), "kim", true, RulesetBed.By("kim"));
        _bed.WriteProduct("product_type: boiler\nversion: 2\nformat: json\nconversion: {mapping: [{source: t, target: temperature, type: float}]}\n");
        _bed.Packs.Reload();

        var refused = catalog.Rollback("heat", RulesetBed.By("kim"));

        refused.Refusal.ShouldBe(RulesetRefusal.DoesNotFit);
        refused.Problems.Single().ToString().ShouldStartWith("heat version 1:7:");
    }

    [Fact]
    public void What_fits_its_product_no_more_is_out_of_force_until_it_fits_again()
    {
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(), "kim", true, RulesetBed.By("kim"));
        _bed.WriteProduct(RulesetBed.Product.Replace("temperature", "heat", StringComparison.Ordinal));
        _bed.Packs.Reload();

        catalog.Current.Rulesets.ShouldBeEmpty();
        catalog.Entries.Single().Problems.ShouldHaveSingleItem().Message.ToString().ShouldContain("temperature");
        _bed.WriteProduct(RulesetBed.Product);
        _bed.Packs.Reload();
        catalog.Current.Rulesets.Single().Version.ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_people_who_activate_at_once_on_the_same_revision_one_is_told()
    {
        var catalog = _bed.Open().Catalog;
        foreach (var limit in new[] { 60, 61, 62 })
            catalog.Put("heat", RulesetBed.Text(limit), "kim", limit == 60, RulesetBed.By("kim"));
        var seen = catalog.Find("heat")!.Standing.Revision;
        using var start = new Barrier(2);

        var outcomes = await Task.WhenAll(new[] { 2, 3 }.Select(version => Task.Run(() =>
        {
            start.SignalAndWait(Until.Token);
            return catalog.Activate("heat", version, RulesetBed.By("person " + version, revision: seen));
        })));

        var won = outcomes.Single(o => o.Refusal is null);
        outcomes.Single(o => o.Refusal is not null).Refusal.ShouldBe(RulesetRefusal.Changed);
        catalog.Current.Rulesets.Single().Version.ShouldBe(won.Version);
        catalog.Store.Changes("heat").Count(c => c.Kind == RulesetChangeKind.Activated && c.By.StartsWith("person", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Many_who_activate_at_once_without_a_revision_are_served_one_after_the_other()
    {
        var catalog = _bed.Open().Catalog;
        for (var limit = 1; limit <= 8; limit++)
            catalog.Put("heat", RulesetBed.Text(limit), "kim", false, RulesetBed.By("kim"));

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(version => Task.Run(() => catalog.Activate("heat", version, RulesetBed.By("p")))));

        outcomes.ShouldAllBe(o => o.Refusal == null);
        var history = catalog.Store.Changes("heat").Where(c => c.Kind == RulesetChangeKind.Activated).Reverse().ToList();
        history.Select(c => c.Version!.Value).Order().ShouldBe(Enumerable.Range(1, 8));
        history.Skip(1).Select(c => c.FormerVersion).ShouldBe(history.SkipLast(1).Select(c => c.Version));
        catalog.Current.Rulesets.Single().Version.ShouldBe(history[^1].Version!.Value);
    }

    [Fact]
    public async Task A_persons_decision_survives_a_restart()
    {
        _bed.WriteRuleset(RulesetBed.Text(60));
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(70), "kim", true, RulesetBed.By("kim"));
        catalog.Rollback("heat", RulesetBed.By("kim"));
        catalog.StartTrial("heat", 2, 0.25, RulesetBed.By("kim"));

        await _bed.ReopenAsync();

        var active = _bed.Catalog.Current.Rulesets.Single();
        (active.Version, active.Trial!.Version, active.Trial.Share).ShouldBe((1, 2, 0.25));
        _bed.Catalog.Disable("heat", RulesetBed.By("kim", "summer"));
        await _bed.ReopenAsync();
        _bed.Catalog.Current.Rulesets.ShouldBeEmpty();
        _bed.Catalog.Entries.Single().Standing.State.ShouldBe(RulesetState.Disabled);
    }

    [Fact]
    public async Task Alarms_of_rules_that_are_gone_are_asked_to_be_cleared()
    {
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(60, more: "  - id: warm\n    type: threshold\n    when: temperature > 40\n    severity: low\n"), "kim", true, RulesetBed.By("kim"));
        await Until.True(() => Last() == ("heat", "hot warm"), "the first is told");

        catalog.Put("heat", RulesetBed.Text(60), "kim", true, RulesetBed.By("kim"));
        await Until.True(() => Last() == ("heat", "hot"), "the second is told");
        catalog.StartTrial("heat", 1, 0.5, RulesetBed.By("kim"));
        await Until.True(() => Last() == ("heat", "hot warm"), "with a trial both versions' rules count");
        catalog.Delete("heat", RulesetBed.By("kim"));
        await Until.True(() => Last() == ("heat", ""), "nothing is left");

        (string, string) Last()
        {
            lock (_bed.Cleared)
                return _bed.Cleared.LastOrDefault();
        }
    }

    [Fact]
    public void A_deleted_ruleset_is_off_the_list_and_comes_back_with_its_versions()
    {
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(60), "kim", true, RulesetBed.By("kim"));
        catalog.Delete("heat", RulesetBed.By("kim", "not needed"));

        catalog.Entries.ShouldBeEmpty();
        catalog.Current.Rulesets.ShouldBeEmpty();
        catalog.Put("heat", RulesetBed.Text(61), "kim", true, RulesetBed.By("kim")).Version.ShouldBe(2);
        catalog.Entries.ShouldHaveSingleItem();
        catalog.Store.Versions("heat", int.MaxValue, 10).Count.ShouldBe(2);
    }

    [Fact]
    public void Nothing_changes_for_holders_when_nothing_changed()
    {
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(60), "kim", true, RulesetBed.By("kim"));
        var before = catalog.Current;

        catalog.Put("heat", RulesetBed.Text(61), "kim", false, RulesetBed.By("kim"));
        catalog.Activate("heat", 1, RulesetBed.By("kim"));
        _bed.Packs.Reload();

        catalog.Current.ShouldBeSameAs(before);
    }

    [Fact]
    public void What_is_not_there_is_told_as_such()
    {
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(60), "kim", false, RulesetBed.By("kim"));

        catalog.Activate("none", 1, RulesetBed.By("kim")).Refusal.ShouldBe(RulesetRefusal.NotFound);
        catalog.Activate("heat", 9, RulesetBed.By("kim")).Refusal.ShouldBe(RulesetRefusal.NotFound);
        catalog.EndTrial("heat", RulesetBed.By("kim")).Refusal.ShouldBe(RulesetRefusal.NotFound);
        catalog.StartTrial("heat", 1, 0.5, RulesetBed.By("kim")).Refusal.ShouldBe(RulesetRefusal.Unfitting);
    }
}

using Garam.Platform.Rules;
using Garam.Platform.Rules.Versions;

namespace Garam.Platform.Tests.Rules;

/// <summary>Rulesets that come from packs' files, and change there.</summary>
public sealed class Rulesets_from_files : IAsyncDisposable
{
    private readonly RulesetBed _bed = new();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public void A_file_is_a_version_in_force_from_the_start()
    {
        _bed.WriteRuleset(RulesetBed.Text(60, version: 3));

        var catalog = _bed.Open().Catalog;

        catalog.Current.For("boiler").Single().Version.ShouldBe(3);
        var version = catalog.Store.Newest("heat")!;
        (version.Author, version.Reason).ShouldBe((RulesetVersion.FileAuthor, "heat.yaml"));
        catalog.FileProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_changed_on_disk_is_in_force_without_a_restart()
    {
        var time = new ManualTime();
        await using var bed = new RulesetBed(time);
        bed.WriteRuleset(RulesetBed.Text(60));
        bed.Open().Packs.Watch();

        bed.WriteRuleset(RulesetBed.Text(70));

        await Until.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return bed.Catalog.Current.Rulesets.Single().Version == 2;
            },
            "the changed file is in force");
        bed.Catalog.Current.Rulesets.Single().Definition.Rules.Single().Condition.When!.Text.ShouldBe("temperature > 70");
    }

    [Fact]
    public void A_file_with_an_error_changes_nothing_and_says_why_and_a_mended_one_counts()
    {
        var file = _bed.WriteRuleset(RulesetBed.Text(60));
        var catalog = _bed.Open().Catalog;
        _bed.WriteRuleset(RulesetBed.Text(60).Replace("temperature", "temprature", StringComparison.Ordinal));
        _bed.Packs.Reload();

        catalog.Current.Rulesets.Single().Version.ShouldBe(1);
        catalog.FileProblems.Single().ToString().ShouldStartWith($"{file}:7:");
        _bed.WriteRuleset("ruleset: [");
        _bed.Packs.Reload();
        catalog.Current.Rulesets.Single().Version.ShouldBe(1);
        catalog.FileProblems.ShouldNotBeEmpty();
        _bed.WriteRuleset(RulesetBed.Text(70));
        _bed.Packs.Reload();
        catalog.Current.Rulesets.Single().Version.ShouldBe(2);
        catalog.FileProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_with_an_error_at_the_start_leaves_in_force_what_was()
    {
        _bed.WriteRuleset(RulesetBed.Text(60));
        _bed.Open();
        _bed.WriteRuleset("ruleset: [");

        await _bed.ReopenAsync();

        _bed.Catalog.Current.Rulesets.Single().Version.ShouldBe(1);
        _bed.Catalog.Entries.Single().Standing.State.ShouldBe(RulesetState.Active);
    }

    [Fact]
    public async Task An_unchanged_file_undoes_nobodys_decision_and_a_changed_one_is_a_decision()
    {
        _bed.WriteRuleset(RulesetBed.Text(60));
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(65), "kim", true, RulesetBed.By("kim"));

        await _bed.ReopenAsync();
        _bed.Catalog.Current.Rulesets.Single().Version.ShouldBe(2);

        _bed.WriteRuleset(RulesetBed.Text(70));
        _bed.Packs.Reload();
        _bed.Catalog.Current.Rulesets.Single().Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_file_that_is_gone_takes_its_ruleset_along_and_brings_it_back()
    {
        var file = _bed.WriteRuleset(RulesetBed.Text(60));
        var catalog = _bed.Open().Catalog;
        File.Delete(file);
        _bed.Packs.Reload();

        catalog.Current.Rulesets.ShouldBeEmpty();
        catalog.Entries.Single().Standing.State.ShouldBe(RulesetState.Withdrawn);
        await _bed.ReopenAsync();
        _bed.Catalog.Current.Rulesets.ShouldBeEmpty();
        _bed.WriteRuleset(RulesetBed.Text(60));
        _bed.Packs.Reload();
        _bed.Catalog.Current.Rulesets.Single().Version.ShouldBe(1);
    }

    [Fact]
    public void A_persons_version_stays_when_the_file_is_gone()
    {
        var file = _bed.WriteRuleset(RulesetBed.Text(60));
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(65), "kim", true, RulesetBed.By("kim"));
        File.Delete(file);
        _bed.Packs.Reload();

        catalog.Current.Rulesets.Single().Version.ShouldBe(2);
    }

    [Fact]
    public void A_file_that_was_renamed_is_the_same_ruleset()
    {
        var file = _bed.WriteRuleset(RulesetBed.Text(60));
        var catalog = _bed.Open().Catalog;
        var before = catalog.Current;
        File.Move(file, file.Replace("heat", "warmth", StringComparison.Ordinal));
        _bed.Packs.Reload();

        catalog.Current.ShouldBeSameAs(before);
        catalog.Store.Versions("heat", int.MaxValue, 10).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_whose_product_comes_later_is_in_force_then()
    {
        _bed.WriteProduct("product_type: other\nformat: json\n");
        _bed.WriteRuleset(RulesetBed.Text(60));
        var catalog = _bed.Open().Catalog;
        catalog.FileProblems.Single().Message.ToString().ShouldContain("no product `boiler`");

        _bed.WriteProduct(RulesetBed.Product);
        _bed.Packs.Reload();

        catalog.Current.Rulesets.Single().Version.ShouldBe(1);
        catalog.FileProblems.ShouldBeEmpty();
    }

    [Fact]
    public void Another_live_version_ends_the_trial()
    {
        _bed.WriteRuleset(RulesetBed.Text(60));
        var catalog = _bed.Open().Catalog;
        catalog.Put("heat", RulesetBed.Text(65), "kim", false, RulesetBed.By("kim"));
        catalog.StartTrial("heat", 2, 0.5, RulesetBed.By("kim")).Refusal.ShouldBeNull();
        catalog.Current.Rulesets.Single().Trial!.Version.ShouldBe(2);

        _bed.WriteRuleset(RulesetBed.Text(70));
        _bed.Packs.Reload();

        catalog.Current.Rulesets.Single().Trial.ShouldBeNull();
        catalog.Store.Changes("heat").ShouldContain(c => c.Kind == RulesetChangeKind.TrialEnded && c.By == "file");
    }
}

using Garam.Platform.Rules;

namespace Garam.Platform.Tests.Rules;

/// <summary>Which devices a trial covers.</summary>
public sealed class Ruleset_trials
{
    private static readonly RulesetDefinition Definition = RulesetFile.Parse(RulesetBed.Text(), "heat.yaml").Definition!;

    [Fact]
    public void The_same_devices_are_chosen_on_every_machine()
    {
        // Written down once: another choice after an update would mix the arms of a running trial.
        Covered(0.1, 40).ShouldBe(["device-4", "device-18", "device-27"]);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_of_many_devices_is_about_the_share_asked_for(double share) =>
        ((double)Covered(share, 10_000).Count / 10_000).ShouldBe(share, 0.015);

    [Fact]
    public void A_larger_share_keeps_the_devices_of_a_smaller_one() => Covered(0.3, 1_000).ShouldBeSubsetOf(Covered(0.4, 1_000));

    private static List<string> Covered(double share, int devices)
    {
        var trial = new RulesetTrial(Definition, 2, share);
        return [.. Enumerable.Range(0, devices).Select(i => $"device-{i}").Where(trial.Covers)];
    }
}

using Garam.Platform.Devices;
using Garam.Platform.Rest;
using Garam.Platform.Rules.Versions;

namespace Garam.Platform.Rules;

/// <summary>Both arms of a trial, side by side.</summary>
/// <param name="Share">The share of the devices that was asked for; <see cref="TrialArm.Devices"/> tells what the hash made of it.</param>
/// <param name="Since">When it began, ISO 8601.</param>
public sealed record TrialComparison(string Id, double Share, string Since, IReadOnlyList<TrialArm> Arms)
{
    /// <param name="ruleset">One that has a trial.</param>
    public static TrialComparison Of(ActiveRuleset ruleset, RulesetTrialStanding standing, RulesetAlarms alarms, DeviceRegistry registry)
    {
        var trial = ruleset.Trial!;
        var devices = registry.Devices.Select(e => e.Current).Where(d => d.ProductId == ruleset.Definition.ProductId).ToList();
        var covered = devices.Count(d => trial.Covers(d.Id.Value));
        var counts = alarms.ByArm(ruleset.Definition.Id, standing.SinceUs);
        return new TrialComparison(
            ruleset.Definition.Id, trial.Share, TimeParameter.Format(standing.SinceUs),
            [Arm("a", ruleset.Version, devices.Count - covered), Arm("b", trial.Version, covered)]);

        TrialArm Arm(string arm, int version, int deviceCount)
        {
            var count = counts.GetValueOrDefault(arm);
            var judged = count.Confirmed + count.Dismissed;
            return new TrialArm(arm, version, deviceCount, count.Raised, count.Confirmed, count.Dismissed, judged == 0 ? null : (double)count.Confirmed / judged);
        }
    }
}

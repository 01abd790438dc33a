using Garam.Platform.Packs;
using Garam.Platform.Rules.Versions;

namespace Garam.Platform.Rules;

/// <summary>Turns how a ruleset stands into what judges readings: reads the texts and checks them against today's products.</summary>
internal sealed class RulesetReading(RulesetStore store, RulesetCheck check)
{
    /// <summary>A recorded version against these packs; null when it is not recorded.</summary>
    public CheckedRuleset? Version(string id, int version, PackSet packs) =>
        store.Find(id, version) is { } stored ? check.Check(stored.Text, Place(id, version), packs) : null;

    /// <param name="former">The entry before, whose texts need not be read again; null when there was none.</param>
    public RulesetEntry Entry(RulesetStanding standing, RulesetEntry? former, PackSet packs)
    {
        if (standing.State != RulesetState.Active || standing.ActiveVersion is not { } version)
            return new RulesetEntry(standing, null, null, null);
        var active = former?.Active is not null && former.Standing.ActiveVersion == version ? former.Active : Version(standing.Id, version, packs);
        var candidate = standing.Trial is not { } trial ? null
            : former?.Candidate is not null && former.Standing.Trial?.Version == trial.Version ? former.Candidate
            : Version(standing.Id, trial.Version, packs);
        return Entry(standing, active, candidate, former);
    }

    /// <summary>The same entry against other packs.</summary>
    public RulesetEntry Again(RulesetEntry entry, PackSet packs)
    {
        return Entry(entry.Standing, Check(entry.Active, entry.Standing.ActiveVersion), Check(entry.Candidate, entry.Standing.Trial?.Version), entry);

        CheckedRuleset? Check(CheckedRuleset? read, int? version) =>
            read?.Definition is { } definition ? check.Check(definition, Place(entry.Id, version ?? 0), packs) : read;
    }

    private static RulesetEntry Entry(RulesetStanding standing, CheckedRuleset? active, CheckedRuleset? candidate, RulesetEntry? former)
    {
        ActiveRuleset? inForce = null;
        if (active is { IsFit: true })
        {
            var trial = candidate is { IsFit: true }
                ? new RulesetTrial(candidate.Definition!, standing.Trial!.Version, standing.Trial.Share)
                : null;
            inForce = new ActiveRuleset(active.Definition!, standing.ActiveVersion!.Value, trial);
        }

        // Holders compare by reference: what says the same stays the same.
        return new RulesetEntry(standing, active, candidate, inForce is not null && inForce == former?.InForce ? former.InForce : inForce);
    }

    private static string Place(string id, int version) => $"{id} version {version}";
}

using System.Security.Cryptography;
using System.Text;
using Garam.Decoding.Specs;
using Garam.Platform.Packs;
using Garam.Platform.Rules.Versions;

namespace Garam.Platform.Rules;

/// <summary>
/// Takes rulesets over from the packs' files. A changed file becomes a new version and is in force; one with an error changes nothing; one
/// that is as it was changes nothing either, whatever people have decided since. A file that is gone takes its ruleset out of force unless a
/// person's version is live, and brings it back when it returns.
/// </summary>
/// <remarks>Belongs to the catalog and is called under its lock.</remarks>
internal sealed class RulesetFiles(RulesetCatalog catalog)
{
    /// <param name="entries">The catalog's own, which change underneath.</param>
    /// <returns>What does not fit the products, beside what the packs themselves say is wrong.</returns>
    public IReadOnlyList<SpecProblem> TakeOver(PackSet packs, IReadOnlyDictionary<string, RulesetEntry> entries)
    {
        var problems = new List<SpecProblem>();
        foreach (var file in packs.Rulesets)
        {
            var former = entries.GetValueOrDefault(file.Id);
            var hash = HashOf(file.Text);
            if (former?.Standing.FileHash == hash)
            {
                Keep(former, file);
                continue;
            }

            var read = catalog.Check(file.Text, file.File);
            problems.AddRange(read.Problems);
            if (read.IsFit)
            {
                catalog.Record(
                    former, read.Definition!, file.Text, RulesetVersion.FileAuthor, activate: true, catalog.DecisionOfFile(Path.GetFileName(file.File)),
                    (file.File, hash));
            }
        }

        var present = packs.Rulesets.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries.Values.Where(e => e.Standing.File is not null && !present.Contains(e.Id)).ToList())
        {
            if (!IsUnreadable(entry.Standing.File!, packs))
                Withdraw(entry);
        }

        return problems;
    }

    /// <summary>Whether a problem is one of a ruleset's file.</summary>
    public static bool IsOfRuleset(SpecProblem problem) =>
        Path.GetFileName(Path.GetDirectoryName(problem.File)) == PackFolder.RulesName || Path.GetFileName(problem.File) == PackFolder.RulesName;

    /// <summary>Whether a file is there and only cannot be read as a ruleset now: after a restart nothing remembers what it held.</summary>
    private static bool IsUnreadable(string file, PackSet packs) =>
        packs.Problems.Any(p => p.File == file || p.File == Path.GetDirectoryName(file));

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The file is as it was last taken over: it may have moved, or come back.</summary>
    private void Keep(RulesetEntry entry, PackRuleset file)
    {
        var standing = entry.Standing with { File = file.File };
        if (standing is { State: RulesetState.Withdrawn, ActiveVersion: { } version })
        {
            var decision = catalog.DecisionOfFile($"{Path.GetFileName(file.File)} is back");
            catalog.Save(
                catalog.Next(standing) with { State = RulesetState.Active }, null, version, decision.Line(standing, RulesetChangeKind.Activated, version, version));
        }
        else if (standing.File != entry.Standing.File)
        {
            catalog.Save(standing, null, standing.ActiveVersion ?? 0);
        }
    }

    private void Withdraw(RulesetEntry entry)
    {
        if (entry.Standing is not { State: RulesetState.Active, ActiveVersion: { } version } standing
            || catalog.Store.Find(entry.Id, version) is not { Author: RulesetVersion.FileAuthor })
        {
            return;
        }

        var decision = catalog.DecisionOfFile($"{Path.GetFileName(standing.File)} is gone");
        var lines = RulesetCatalog.EndOfTrial(standing, decision);
        lines.Add(decision.Line(standing, RulesetChangeKind.Withdrawn, null, version));
        catalog.Save(catalog.Next(standing) with { State = RulesetState.Withdrawn, Trial = null }, null, version, [.. lines]);
    }
}

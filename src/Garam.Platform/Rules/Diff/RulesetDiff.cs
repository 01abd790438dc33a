namespace Garam.Platform.Rules.Diff;

/// <summary>What differs between two texts of a ruleset: rule by rule, and line by line.</summary>
/// <param name="Rules">In the order of the newer text, removed ones last. A rule that only moved is not among them.</param>
/// <param name="Lines">A unified diff; empty when the texts are the same.</param>
public sealed record RulesetDiff(IReadOnlyList<RuleChange> Rules, string Lines)
{
    /// <summary>Whether both texts could be read as rulesets; else <see cref="Rules"/> is empty, and the lines alone tell.</summary>
    public bool IsRead { get; init; } = true;

    /// <summary>The difference of two texts, also of one that is not finished.</summary>
    public static RulesetDiff Of(string from, string to) =>
        RulesetFile.Parse(from, "").Definition is { } before && RulesetFile.Parse(to, "").Definition is { } after
            ? Of(before, after)
            : new RulesetDiff([], LineDiff.Unified(from, to)) { IsRead = false };

    public static RulesetDiff Of(RulesetDefinition from, RulesetDefinition to)
    {
        var before = from.Rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var rules = new List<RuleChange>();
        foreach (var rule in to.Rules)
        {
            if (!before.Remove(rule.Id, out var former))
                rules.Add(new RuleChange(rule.Id, "added", Compare([], RuleFields.Of(rule))));
            else if (Compare(RuleFields.Of(former), RuleFields.Of(rule)) is { Count: > 0 } changes)
                rules.Add(new RuleChange(rule.Id, "changed", changes));
        }

        rules.AddRange(from.Rules.Where(r => before.ContainsKey(r.Id)).Select(r => new RuleChange(r.Id, "removed", Compare(RuleFields.Of(r), []))));
        return new RulesetDiff(rules, LineDiff.Unified(from.Text, to.Text));
    }

    private static List<FieldChange> Compare(IReadOnlyList<KeyValuePair<string, string>> from, IReadOnlyList<KeyValuePair<string, string>> to)
    {
        // Two overrides of the same device would share a key; the last one counts, and the line diff shows both.
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in from)
            before[key] = value;
        var changes = new List<FieldChange>();
        foreach (var (key, value) in to)
        {
            before.Remove(key, out var former);
            if (former != value)
                changes.Add(new FieldChange(key, former, value));
        }

        changes.AddRange(from.Where(f => before.ContainsKey(f.Key)).Select(f => new FieldChange(f.Key, f.Value, null)));
        return changes;
    }
}

namespace Garam.Platform.Rules.Diff;

/// <summary>A rule that differs between two texts.</summary>
/// <param name="Kind"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Changes">The keys that differ; of an added or removed rule, all it has.</param>
public sealed record RuleChange(string Rule, string Kind, IReadOnlyList<FieldChange> Changes);

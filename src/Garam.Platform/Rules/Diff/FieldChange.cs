namespace Garam.Platform.Rules.Diff;

/// <summary>A key of a rule that says something else.</summary>
/// <param name="From">Null when it was not there.</param>
/// <param name="To">Null when it is not there any more.</param>
public sealed record FieldChange(string Key, string? From, string? To);

namespace Garam.Platform.Rules;

/// <summary>Another condition for some devices. The most particular one wins: device before site before customer.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
public sealed record RuleOverride(string? Customer, string? Site, string? Device, RuleCondition Condition, int Line);

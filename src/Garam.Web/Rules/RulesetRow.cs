using Garam.Platform.Rules;
using Garam.Platform.Rules.Versions;

namespace Garam.Web.Rules;

/// <summary>A ruleset in the list.</summary>
/// <param name="Rules">Of the live version; null when none is.</param>
/// <param name="Lasting">Alarms whose condition holds.</param>
/// <param name="Last">What was done to it last; null when nothing was recorded.</param>
public sealed record RulesetRow(RulesetEntry Entry, string Product, int? Rules, long Lasting, RulesetChange? Last);

using Garam.Decoding.Specs;

namespace Garam.Platform.Rules.BackTest;

/// <summary>What a draft would have raised in a stretch of the past, beside what the live version would have and what really was.</summary>
/// <param name="DraftVersion">0 for a text that is not recorded.</param>
/// <param name="LiveVersion">Null when no version is in force.</param>
/// <param name="Readings">Readings judged by the draft, those before the range that fill its windows included.</param>
/// <param name="Rules">Totals per rule, in the order of the draft.</param>
/// <param name="Raised">What the draft raises, in order of time, as far as <paramref name="Cut"/> allows.</param>
/// <param name="Gone">What only the live version raises, in order of time.</param>
/// <param name="Cut">Alarms that are counted in the totals and left out of the lists; 0 when the lists are whole.</param>
/// <param name="TookMs">How long it took.</param>
/// <param name="Notes">What should be known of the draft.</param>
public sealed record BackTestReport(
    string Ruleset, int DraftVersion, int? LiveVersion, long FromUs, long ToUs, int Devices, long Readings, IReadOnlyList<BackTestRuleTotal> Rules,
    BackTestQuality Draft, BackTestQuality? Live, IReadOnlyList<BackTestAlarm> Raised, IReadOnlyList<BackTestAlarm> Gone, long Cut, long TookMs, IReadOnlyList<SpecProblem> Notes)
{
    /// <summary>All that the live version raises, in order of time, as far as the list's bound allows: what a picture lays beside <see cref="Raised"/>.</summary>
    public IReadOnlyList<BackTestAlarm> LiveRaised { get; init; } = [];
}

namespace Garam.Platform.Rules.BackTest;

/// <summary>What one version would have done.</summary>
/// <param name="Devices">Devices looked at.</param>
/// <param name="Readings">Readings judged, those before the range included.</param>
/// <param name="Alarms">In order of time.</param>
/// <param name="Beyond">Alarms that were raised and not kept, by rule.</param>
internal sealed record BackTestRun(
    int Version, RulesetDefinition Ruleset, int Devices, long Readings, IReadOnlyList<BackTestAlarm> Alarms, IReadOnlyDictionary<string, long> Beyond);

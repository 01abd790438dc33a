namespace Garam.Platform.Rules.BackTest;

/// <summary>What one rule would have done.</summary>
/// <param name="Draft">Alarms of the draft.</param>
/// <param name="Live">Alarms of the live version, run over the same past.</param>
/// <param name="Shared">Alarms of the draft that the live version raises too.</param>
/// <param name="Added">Alarms of the draft alone.</param>
/// <param name="Gone">Alarms of the live version alone.</param>
/// <param name="Real">Alarms that were really raised.</param>
public sealed record BackTestRuleTotal(string Rule, long Draft, long Live, long Shared, long Added, long Gone, long Real);

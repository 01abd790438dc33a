namespace Garam.Platform.Replay;

/// <summary>What judging the past again has recorded.</summary>
/// <param name="Raised">Alarms recorded, by rule.</param>
/// <param name="Known">Alarms that were there already.</param>
/// <param name="Holding">Conditions that hold at the end of the range: the next reading raises them.</param>
/// <param name="Beyond">Alarms beyond what one run keeps; ask again for shorter ranges.</param>
public sealed record PastAlarmsReport(IReadOnlyDictionary<string, long> Raised, long Known, long Holding, long Beyond);

namespace Garam.Platform.Alarms;

/// <summary>What became of an order.</summary>
/// <param name="Alarm">The alarm as it is now, changed or not; null when there is none of that number.</param>
/// <param name="Refusal">Why nothing was changed, for a person; null when it was.</param>
public sealed record AlarmAnswer(Alarm? Alarm, string? Refusal);

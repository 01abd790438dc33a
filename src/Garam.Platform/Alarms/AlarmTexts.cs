namespace Garam.Platform.Alarms;

/// <summary>What an alarm says, in English and Korean.</summary>
/// <param name="MessageEn">One line or more.</param>
/// <param name="MessageKo">One line or more.</param>
/// <param name="AdviceEn">What to do, each a sentence; may be empty.</param>
/// <param name="AdviceKo">The same in Korean.</param>
public sealed record AlarmTexts(string MessageEn, string MessageKo, IReadOnlyList<string> AdviceEn, IReadOnlyList<string> AdviceKo);

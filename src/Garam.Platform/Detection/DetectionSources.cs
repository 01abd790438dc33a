using Garam.Platform.Alarms;
using Garam.Platform.Rules;

namespace Garam.Platform.Detection;

/// <summary>What the detect stages of all lanes ask. Thread-safe.</summary>
/// <param name="Plans">The plan of each product.</param>
/// <param name="Setting">The rulesets in force now.</param>
/// <param name="Lasting">The alarm of a key whose condition had not ceased when the program last stopped; null when there is none.</param>
internal sealed record DetectionSources(DetectionPlans Plans, Func<RuleSetting> Setting, Func<AlarmKey, LastingAlarm?> Lasting);

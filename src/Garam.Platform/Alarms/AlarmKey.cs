namespace Garam.Platform.Alarms;

/// <summary>What an alarm is one of: while it lasts there is no second one of the same key.</summary>
/// <param name="Ruleset">Id of the ruleset.</param>
/// <param name="Rule">Id of the rule in it.</param>
/// <param name="Subject">What the rule judges: a device's id, or a group as <c>site:seoul-1</c> for rules across devices.</param>
public readonly record struct AlarmKey(string Ruleset, string Rule, string Subject);

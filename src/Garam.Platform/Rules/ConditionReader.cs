using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Platform.Alarms;

namespace Garam.Platform.Rules;

/// <summary>Reads the keys that a rule and its overrides share.</summary>
internal static class ConditionReader
{
    /// <summary>Those that say when there is an alarm and when it ends; the others say how bad it is and what is said.</summary>
    public static readonly string[] Keys = ["when", "for", "clear", "hysteresis", "severity", "message", "enabled"];

    public static RuleCondition Read(SpecSection section)
    {
        var (english, korean) = section.Templates("message");
        var condition = new RuleCondition
        {
            When = section.Expression("when"),
            For = section.Duration("for", TimeSpan.Zero, RulesetLimits.DurationMax),
            Clear = section.Expression("clear"),
            Hysteresis = section.Number("hysteresis"),
            Severity = section.Choice("severity", ("critical", Severity.Critical), ("high", Severity.High), ("medium", Severity.Medium), ("low", Severity.Low)),
            MessageEn = english,
            MessageKo = korean,
            Enabled = section.Truth("enabled"),
        };
        if (condition.Hysteresis <= 0)
            section.Problem("hysteresis", $"`hysteresis` is not above 0", $"Write how far the value must come back: `hysteresis: 5`.");
        if (section.Has("clear") && section.Has("hysteresis"))
            section.Problem("hysteresis", $"`clear` and `hysteresis` both say when the alarm ends", $"Keep one of them.");
        return condition;
    }

    /// <summary>A hysteresis needs a lone comparison to come back from.</summary>
    /// <param name="when">The condition it belongs to; null when there is none, or none that could be read.</param>
    public static void CheckHysteresis(SpecSection section, RuleCondition condition, RuleText? when)
    {
        if (condition.Hysteresis is not > 0 || when is null || Expression.Parse(when.Text).Expression is not { } expression)
            return;
        if (expression.WithHysteresis(condition.Hysteresis.Value) is null)
            section.Problem("hysteresis", $"`hysteresis` goes with one comparison such as `a > 60`, and the condition is another",
                $"Write `clear:` with the condition that ends the alarm.");
    }
}

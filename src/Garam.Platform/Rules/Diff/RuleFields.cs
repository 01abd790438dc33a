using System.Globalization;
using Garam.Platform.Alarms;

namespace Garam.Platform.Rules.Diff;

/// <summary>A rule as keys and values, named as in its file, so that two can be compared.</summary>
internal static class RuleFields
{
    /// <summary>The keys that are set, in the order of the reference page.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(RuleDefinition rule)
    {
        var fields = new List<KeyValuePair<string, string>>();
        Add("type", rule.Type.ToString().ToLowerInvariant());
        Add("title.en", rule.TitleEn);
        Add("title.ko", rule.TitleKo);
        AddCondition("", rule.Condition);
        Add("value", rule.Value?.Text);
        Add("across", rule.Across?.ToString().ToLowerInvariant());
        Add("within", Duration(rule.Within));
        for (var i = 0; i < rule.Sequence.Count; i++)
            Add(string.Create(CultureInfo.InvariantCulture, $"sequence[{i + 1}]"), rule.Sequence[i].Text);
        Add("after", rule.After?.Text);
        Add("absent", rule.Absent?.Text);
        Add("silence", Duration(rule.Silence));
        if (rule.Seasonal is { } seasonal)
        {
            Add("seasonal.metric", seasonal.Metric);
            Add("seasonal.limit", Number(seasonal.Limit));
            Add("seasonal.minimum", Number(seasonal.Minimum));
            Add("seasonal.time_zone", seasonal.TimeZone);
        }

        Add("model", rule.Model);
        Add("then", rule.FollowUp is { } follow ? FollowUpText(follow) : null);
        Add("texts", rule.Texts);
        Add("advice.en", rule.AdviceEn.Count == 0 ? null : string.Join(" | ", rule.AdviceEn));
        Add("advice.ko", rule.AdviceKo.Count == 0 ? null : string.Join(" | ", rule.AdviceKo));
        foreach (var other in rule.Overrides)
            AddCondition($"overrides[{WhoOf(other)}].", other.Condition);
        return fields;

        void Add(string key, string? value)
        {
            if (value is not null)
                fields.Add(new KeyValuePair<string, string>(key, value));
        }

        void AddCondition(string prefix, RuleCondition condition)
        {
            Add(prefix + "enabled", condition.Enabled is { } enabled ? (enabled ? "true" : "false") : null);
            Add(prefix + "when", condition.When?.Text);
            Add(prefix + "for", Duration(condition.For));
            Add(prefix + "clear", condition.Clear?.Text);
            Add(prefix + "hysteresis", condition.Hysteresis is { } hysteresis ? Number(hysteresis) : null);
            Add(prefix + "severity", condition.Severity?.ToString().ToLowerInvariant());
            Add(prefix + "message.en", condition.MessageEn?.Text);
            Add(prefix + "message.ko", condition.MessageKo?.Text);
        }
    }

    private static string WhoOf(RuleOverride other) =>
        other.Device is not null ? "device=" + other.Device : other.Site is not null ? "site=" + other.Site : "customer=" + other.Customer;

    private static string FollowUpText(FollowUp follow) =>
        follow == FollowUp.Log ? "log" : follow.ToString().Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string? Duration(TimeSpan? time) => time switch
    {
        null => null,
        { Ticks: 0 } => "0s",
        { } t when t.Ticks % TimeSpan.TicksPerDay == 0 => Whole(t.TotalDays, "d"),
        { } t when t.Ticks % TimeSpan.TicksPerHour == 0 => Whole(t.TotalHours, "h"),
        { } t when t.Ticks % TimeSpan.TicksPerMinute == 0 => Whole(t.TotalMinutes, "m"),
        { } t when t.Ticks % TimeSpan.TicksPerSecond == 0 => Whole(t.TotalSeconds, "s"),
        { } t => Whole(t.TotalMilliseconds, "ms"),
    };

    private static string Whole(double number, string unit) => number.ToString("0.###", CultureInfo.InvariantCulture) + unit;
}

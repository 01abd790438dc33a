using Garam.Decoding.Specs;
using Garam.Decoding.Yaml;
using Garam.Expressions;
using Garam.Expressions.Templates;

namespace Garam.Platform.Rules;

/// <summary>Reads the values that only rulesets have: expressions, templates, durations, ids, texts in two languages.</summary>
internal static class RuleKeys
{
    private const int CommasTold = 4;

    public static string? Id(this SpecSection section, string key, string example)
    {
        if (section.Required(key, $"{key}: {example}") is not { } id)
            return null;
        if (IsId(id))
            return id;
        section.Problem(key, $"`{Short(id)}` cannot be an id", $"Use 1 to {RulesetLimits.IdLengthMax} letters, digits, `-` or `_`.");
        return null;
    }

    public static bool IsId(string text) =>
        text.Length is > 0 and <= RulesetLimits.IdLengthMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>A duration; <paramref name="min"/> zero takes <c>0s</c> too.</summary>
    public static TimeSpan? Duration(this SpecSection section, string key, TimeSpan min, TimeSpan max)
    {
        if (section.Text(key) is not { } text)
            return null;
        var isZero = text is "0" or "0ms" or "0s" or "0m" or "0h" or "0d";
        if (!SpecDuration.TryParse(text, out var duration) && !isZero)
            section.Problem(key, $"`{Short(text)}` is no duration", $"Write a number with ms, s, m, h or d: `30s`, `10m`, `1h`.");
        else if (duration < min || duration > max)
            section.Problem(key, $"`{key}` is {text}", $"Write a duration from {Written(min)} to {Written(max)}.");
        else
            return duration;
        return null;
    }

    public static double? Number(this SpecSection section, string key)
    {
        var number = section.Figure(key)?.ToDouble();
        if (number is not { } given || double.IsFinite(given))
            return number;
        section.Problem(key, $"`{key}` is too large", $"Write a decimal number such as `{key}: 2.5`.");
        return null;
    }

    public static RuleText? Expression(this SpecSection section, string key) =>
        section.Node(key) is { } node ? Expression(node, key, section.Problems) : null;

    /// <summary>An expression, checked in form: names and types are checked when the ruleset is bound to its product.</summary>
    public static RuleText? Expression(YamlNode node, string key, ProblemList problems)
    {
        if (Text(node, key, $"a condition", problems) is not { } text)
            return null;
        var parsed = Expressions.Expression.Parse(text.Text);
        return Report(text, key, parsed.Errors, problems) ? null : text;
    }

    /// <summary>A template, or one in English and one in Korean. A plain text stands for both.</summary>
    public static (RuleText? English, RuleText? Korean) Templates(this SpecSection section, string key)
    {
        switch (section.Node(key))
        {
            case null:
                return default;
            case YamlMap:
                var languages = section.Section(key)!;
                var english = languages.Node("en") is { } en ? Template(en, section.Problems) : null;
                var korean = languages.Node("ko") is { } ko ? Template(ko, section.Problems) : null;
                languages.Finish();
                if (english is null && korean is null && languages.Map.Entries.Count == 0)
                    section.Problem(key, $"`{key}` says nothing", $"Write `{key}: {{en: \"…\", ko: \"…\"}}`.");
                return (english, korean);
            case var node:
                var text = Template(node, section.Problems);
                return (text, text);
        }
    }

    /// <summary>A title, or one in English and one in Korean.</summary>
    public static (string? English, string? Korean) Titles(this SpecSection section, string key)
    {
        if (section.Node(key) is not YamlMap)
            return section.Text(key) is { } text && Fits(text) ? (text, text) : default;
        var languages = section.Section(key)!;
        var titles = (languages.Text("en"), languages.Text("ko"));
        languages.Finish();
        return Fits(titles.Item1) && Fits(titles.Item2) ? titles : default;

        bool Fits(string? title)
        {
            if (title is null || title.Length <= RulesetLimits.TitleLengthMax)
                return true;
            section.Problem(key, $"`{key}` has {title.Length} characters", $"Use at most {RulesetLimits.TitleLengthMax}.");
            return false;
        }
    }

    /// <summary>Sentences, or those in English and those in Korean.</summary>
    public static (IReadOnlyList<string> English, IReadOnlyList<string> Korean) Sentences(this SpecSection section, string key)
    {
        if (section.Node(key) is not YamlMap)
            return Bounded(section, key) is var both ? (both, both) : default;
        var languages = section.Section(key)!;
        var sentences = (Bounded(languages, "en"), Bounded(languages, "ko"));
        languages.Finish();
        return sentences;
    }

    /// <summary>Reports unknown keys, among them what YAML makes of a comma inside of <c>{…}</c>: <c>{when: max(a, b) > 1}</c> has a key <c>b) > 1</c>.</summary>
    public static void FinishRule(this SpecSection section)
    {
        foreach (var entry in section.Map.Entries.Where(e => e.Value is YamlScalar { IsNull: true } && e.Key.Value.Contains(')')).Take(CommasTold))
        {
            section.Node(entry.Key.Value);
            section.Problems.Add(entry.Key, $"to YAML the comma before `{Short(entry.Key.Value)}` ends the value", $"Inside of {{…}} put an expression with a comma between quotes: `when: \"max(a, b) > 60\"`.");
        }

        section.Finish();
    }

    /// <summary>A duration as a person writes it.</summary>
    public static string Written(TimeSpan duration) =>
        duration.Ticks % TimeSpan.TicksPerDay == 0 && duration > TimeSpan.Zero ? $"{duration.Days}d" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{duration.TotalSeconds}s");

    /// <summary>A text that may be anything, cut for a message.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static IReadOnlyList<string> Bounded(SpecSection section, string key)
    {
        var sentences = section.Texts(key) ?? [];
        if (sentences.Count > RulesetLimits.AdviceMax || sentences.Any(s => s.Length > RulesetLimits.AdviceLengthMax))
        {
            section.Problem(key, $"the advice is too long", $"Use at most {RulesetLimits.AdviceMax} sentences of {RulesetLimits.AdviceLengthMax} characters.");
            return [];
        }

        return sentences;
    }

    private static RuleText? Template(YamlNode node, ProblemList problems)
    {
        if (Text(node, "message", $"a text", problems) is not { } text)
            return null;
        var parsed = MessageTemplate.Parse(text.Text);
        return Report(text, "message", parsed.Errors, problems) ? null : text;
    }

    private static RuleText? Text(YamlNode node, string key, Phrase what, ProblemList problems)
    {
        if (node is YamlScalar { IsNull: false, Value.Length: > 0 } scalar)
            return new RuleText(scalar.Value, scalar.Line, scalar.TextColumn) { IsVerbatim = scalar.IsVerbatim };
        var remedy = node is YamlMap ? (Phrase)$"Put it between quotes: a text with `{{` or `: ` in it is a mapping to YAML." : $"Write `{key}: …` with one text.";
        problems.Add(node, $"`{key}` is {node.Noun}, not {what}", remedy);
        return null;
    }

    private static bool Report(RuleText text, string key, IReadOnlyList<ExpressionError> errors, ProblemList problems)
    {
        foreach (var error in errors)
        {
            var (line, column) = text.Place(error.Position);
            var message = text.IsVerbatim ? (Phrase)$"in `{key}`: {error.Message}" : $"in `{key}`, character {error.Position + 1}: {error.Message}";
            problems.Add(line, column, message, error.Remedy);
        }

        return errors.Count > 0;
    }
}

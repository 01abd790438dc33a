using System.CommandLine;
using System.CommandLine.Parsing;
using Garam.Platform.Configuration;

namespace Garam.Bench;

/// <summary>An option whose value is a duration: <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> Create(string name, TimeSpan otherwise, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => ParseOptional(result) ?? default,
    };

    /// <summary>Reads the option's value; null after an error.</summary>
    public static TimeSpan? ParseOptional(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (DurationText.TryParse(text, out var duration) && duration > TimeSpan.Zero && duration <= TimeSpan.FromDays(24))
            return duration;
        result.AddError($"'{text}' is no duration; write for example 500ms, 10s, 5m or 1h.");
        return null;
    }
}

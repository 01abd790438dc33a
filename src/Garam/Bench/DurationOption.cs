using System.CommandLine;
using Garam.Platform.Configuration;

namespace Garam.Bench;

/// <summary>An option whose value is a duration <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> Create(string name, TimeSpan otherwise, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (DurationText.TryParse(text, out var duration) && duration > TimeSpan.Zero)
                return duration;
            result.AddError($"{name} takes a duration such as 500ms, 10s, 5m or 1h, not '{text}'.");
            return default;
        },
    };
}

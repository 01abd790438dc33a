using System.Globalization;
using Garam.Platform.Rules.Versions;

namespace Garam.Web.Rules;

/// <summary>Durations, states and changes of rulesets as the pages write them.</summary>
internal static class RuleWords
{
    /// <summary>A duration as rules write it: <c>90s</c>, <c>5m</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { Ticks: > 0 } t when t.Ticks % TimeSpan.TicksPerDay == 0 => Whole(t.TotalDays, "d"),
        { Ticks: > 0 } t when t.Ticks % TimeSpan.TicksPerHour == 0 => Whole(t.TotalHours, "h"),
        { Ticks: > 0 } t when t.Ticks % TimeSpan.TicksPerMinute == 0 => Whole(t.TotalMinutes, "m"),
        { } t => Whole(t.TotalSeconds, "s"),
    };

    /// <summary>The end of the key of a state's word; what should judge and does not has one of its own.</summary>
    public static string State(Garam.Platform.Rules.RulesetEntry entry) => entry.Standing.State == RulesetState.Active && entry.InForce is null
        ? "misfit"
        : entry.Standing.State.ToString().ToLowerInvariant();

    /// <summary>The colours of a state.</summary>
    public static string StateClass(string state) => state switch { "active" => "s-normal", "misfit" => "s-critical", "draft" => "s-medium", _ => "s-offline" };

    /// <summary>The shape of a state, which tells it without colours.</summary>
    public static string StateShape(string state) => state switch { "active" => "●", "misfit" => "■", "draft" => "▲", _ => "○" };

    /// <summary>The end of the key of a change's word.</summary>
    public static string Change(RulesetChangeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Whole(double number, string unit) => number.ToString("0.###", CultureInfo.InvariantCulture) + unit;
}

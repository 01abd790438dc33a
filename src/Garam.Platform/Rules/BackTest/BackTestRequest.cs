using Garam.Decoding.Specs;

namespace Garam.Platform.Rules.BackTest;

/// <summary>What to run over the past.</summary>
/// <param name="Draft">The ruleset on trial against the past.</param>
/// <param name="DraftVersion">Its number; 0 for a text that is not recorded.</param>
/// <param name="Live">The version in force, run beside it; null when none is.</param>
/// <param name="FromUs">Begin, inclusive, Unix microseconds of event time.</param>
/// <param name="ToUs">End, exclusive.</param>
/// <param name="Devices">Only these devices; empty takes all of the product.</param>
public sealed record BackTestRequest(
    RulesetDefinition Draft, int DraftVersion, ActiveRuleset? Live, long FromUs, long ToUs, IReadOnlySet<string> Devices)
{
    /// <summary>The longest range, a season: further back hardly anybody keeps raw samples.</summary>
    public const long RangeMaxUs = 92L * 86_400_000_000;

    /// <summary>Devices that may be named.</summary>
    public const int DevicesMax = 1_000;

    /// <summary>What should be known of the draft: rules that wait for a model and so raise nothing.</summary>
    public IReadOnlyList<SpecProblem> Notes { get; init; } = [];

    /// <summary>Whether alarms keep the signals they were made of, some 2 KB each: for whoever records them.</summary>
    internal bool KeepsSignals { get; init; }
}

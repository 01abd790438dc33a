using Garam.Expressions;
using Garam.Platform.Rules;
using Garam.Platform.Rules.Diff;
using Garam.Platform.Rules.Versions;
using Garam.Web.Editing;

namespace Garam.Web.Rules;

/// <summary>A ruleset's text as the page shows it: a version's, or what a person makes of it.</summary>
/// <param name="Entry">The ruleset; null for one that is new.</param>
/// <param name="Base">The version it began with; null for one that is new.</param>
/// <param name="Text">What the editor holds.</param>
/// <param name="Revision">Of the ruleset when the page was opened.</param>
public sealed record RuleDraft(RulesetEntry? Entry, RulesetVersion? Base, string Text, int Revision)
{
    /// <summary>Why it was changed, as far as it is said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What follows <c>ruleset:</c>; null when the text is none.</summary>
    public string? Id { get; init; }

    public string? ProductId { get; init; }

    /// <summary>The text's rules; null when it is none.</summary>
    public IReadOnlyList<RuleDefinition>? Rules { get; init; }

    /// <summary>What a check says of the text; null before the first.</summary>
    public CheckedText? Checked { get; init; }

    /// <summary>How it differs from the live version; null unless that was asked for.</summary>
    public RulesetDiff? Difference { get; init; }

    /// <summary>Why it was not kept: the end of a key <c>ruleset.said.</c>; null when nothing was tried.</summary>
    public string? Said { get; init; }

    /// <summary>The platform's own words for it.</summary>
    public Phrase? Detail { get; init; }

    /// <summary>Whether leaving the page loses something; a new text counts once it has been sent.</summary>
    public bool IsUnsaved => Base is null ? Checked is not null : Text != Base.Text;
}

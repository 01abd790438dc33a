using Garam.Platform.Rules;

namespace Garam.Platform.Packs;

/// <summary>A ruleset as a pack's file holds it: right in form, not yet bound to its product.</summary>
/// <param name="Pack">The pack whose folder holds the file; <c>local</c> for the installation's own.</param>
/// <param name="File">Full path of the YAML file.</param>
/// <param name="Text">The file's text as loaded.</param>
public sealed record PackRuleset(RulesetDefinition Definition, string Pack, string File, string Text)
{
    public string Id => Definition.Id;
}

namespace Garam.Platform.Rules;

/// <summary>Why a change of a ruleset was not made.</summary>
public enum RulesetRefusal
{
    /// <summary>There is no such ruleset, version or trial.</summary>
    NotFound,

    /// <summary>The text has errors; the problems say where.</summary>
    Invalid,

    /// <summary>A recorded version fits today's product no more: its spec, or a metric it names, is gone.</summary>
    DoesNotFit,

    /// <summary>Somebody else was faster: the ruleset is not as the caller saw it.</summary>
    Changed,

    /// <summary>It makes no sense as things stand; the detail says why.</summary>
    Unfitting,

    /// <summary>The node keeps no more rulesets.</summary>
    Full,
}

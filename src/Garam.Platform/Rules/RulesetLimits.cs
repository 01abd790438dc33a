namespace Garam.Platform.Rules;

/// <summary>Every limit of a ruleset, each with why this number. Rulesets come from people and over REST.</summary>
public static class RulesetLimits
{
    /// <summary>Characters of an id: it is part of alarm keys, addresses and file names.</summary>
    public const int IdLengthMax = 64;

    /// <summary>Rules of one ruleset: each reading of the product runs through them all. The source documents' longest list has 14.</summary>
    public const int RulesMax = 500;

    /// <summary>Overrides of one rule: looked through when a device is bound, not for each reading.</summary>
    public const int OverridesMax = 1_000;

    /// <summary>Overrides of all rules together: each is a condition compiled of its own.</summary>
    public const int OverridesTotalMax = 5_000;

    /// <summary>Steps of a sequence.</summary>
    public const int SequenceMax = 8;

    /// <summary>Characters of a title, a line in lists.</summary>
    public const int TitleLengthMax = 200;

    /// <summary>Sentences of advice.</summary>
    public const int AdviceMax = 20;

    /// <summary>Characters of one sentence of advice.</summary>
    public const int AdviceLengthMax = 1_000;

    /// <summary>Fewest earlier hours a seasonal rule may judge by: two have no spread worth the name.</summary>
    public const int SeasonalMinimumLeast = 3;

    /// <summary>Readings a shorthand may ask for.</summary>
    public const int MinimumMax = 1_000_000;

    /// <summary>The longest <c>for</c>, <c>within</c>, <c>silence</c>: as far as windows reach.</summary>
    public static readonly TimeSpan DurationMax = TimeSpan.FromDays(31);

    /// <summary>The shortest <c>within</c> and <c>silence</c>: below it clocks of devices are not exact enough.</summary>
    public static readonly TimeSpan DurationMin = TimeSpan.FromSeconds(1);

    /// <summary>The most allowed lateness: windows must keep what may still change.</summary>
    public static readonly TimeSpan LatenessMax = TimeSpan.FromDays(1);
}

namespace Garam.Platform.Rules;

/// <summary>How a rule is judged.</summary>
internal enum RuleKind
{
    /// <summary>By its condition on each reading.</summary>
    Condition,
    Sequence,
    Absence,
    Silence,
    Seasonal,
}

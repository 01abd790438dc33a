namespace Garam.Platform.Rules;

/// <summary>The four types of rules of the design.</summary>
public enum RuleType
{
    /// <summary>A limit on this device's readings.</summary>
    Threshold,

    /// <summary>What is unlike the device's own past.</summary>
    Anomaly,

    /// <summary>Several devices together, one thing after another, or one thing that does not follow.</summary>
    Correlation,

    /// <summary>What a model says.</summary>
    Predictive,
}

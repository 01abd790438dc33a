namespace Garam.Platform.Detection;

/// <summary>
/// Derived metrics that data cannot say: a pack's code that turns each reading of a product into further metrics of the same instant. They
/// are stored beside the reading's own, rules see them like any other, and a replay makes them again.
/// </summary>
/// <remarks>Deterministic: the same readings in the same order give the same metrics.</remarks>
public interface IMetricDerivation
{
    /// <summary>The product whose readings it takes.</summary>
    string ProductId { get; }

    /// <summary>Metrics it reads, in the order in which values are handed over.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>Metrics it makes, in the order in which it returns them. No name of the product's own.</summary>
    IReadOnlyList<DerivedMetric> Outputs { get; }

    /// <summary>How much of the past it looks at; what a new state wants to be told before its first reading.</summary>
    TimeSpan History { get; }

    /// <summary>State of one device.</summary>
    IDerivationState NewState();
}

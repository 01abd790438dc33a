using Garam.Expressions;

namespace Garam.Platform.Detection;

/// <summary>A model that predictive rules name: a reading's metrics in, a few numbers out. Thread-safe and deterministic.</summary>
public interface IModel
{
    string Name { get; }

    /// <summary>Lineage of what it says.</summary>
    string Version { get; }

    /// <summary>Metrics it reads.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>Names of what it gives, as rules use them: <c>probability</c>.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>Judges a reading; an output that cannot be given is missing.</summary>
    void Predict(ReadOnlySpan<Value> inputs, Span<Value> outputs);
}

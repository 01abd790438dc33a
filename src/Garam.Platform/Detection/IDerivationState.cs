using Garam.Expressions;

namespace Garam.Platform.Detection;

/// <summary>What a derivation remembers of one device. Used by one lane at a time; bounded in memory; allocates nothing in steady state.</summary>
public interface IDerivationState
{
    /// <summary>Takes up a stored reading of the past, oldest first, before the first <see cref="Derive"/>.</summary>
    void Remember(long timeUs, ReadOnlySpan<Value> inputs, ReadOnlySpan<Value> outputs);

    /// <summary>Takes a reading and says what follows from it.</summary>
    /// <param name="timeUs">Event time, Unix microseconds; may lie before an earlier call's when a reading comes late.</param>
    /// <param name="inputs">Values in the order of <see cref="IMetricDerivation.Inputs"/>; missing where the reading has none.</param>
    /// <param name="outputs">To be filled in the order of <see cref="IMetricDerivation.Outputs"/>; missing leaves a metric out. Comes cleared.</param>
    void Derive(long timeUs, ReadOnlySpan<Value> inputs, Span<Value> outputs);
}

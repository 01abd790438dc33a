namespace Garam.Decoding.Specs;

/// <summary>A product spec, or everything that is wrong with it.</summary>
/// <param name="Spec">The spec; null when there are problems.</param>
/// <param name="Problems">All problems in the order of the file; empty when there is a spec.</param>
public sealed record SpecResult(ProductSpec? Spec, IReadOnlyList<SpecProblem> Problems);

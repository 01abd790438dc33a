namespace Garam.Decoding.Specs;

/// <summary>What every reading of a product owes.</summary>
/// <param name="Required">Metrics that must be there.</param>
/// <param name="Rejects">Whether a reading that breaks the contract is a dead letter instead of a flagged reading.</param>
internal sealed record ContractSpec(IReadOnlyList<string> Required, bool Rejects);

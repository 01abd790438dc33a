namespace Garam.Decoding.Hex;

/// <summary>Fields that repeat at the end of a payload; each round is a reading of its own.</summary>
/// <param name="Times">How many rounds; null: as the count field says, or else as many as are left.</param>
/// <param name="CountField">The field before it that holds the number of rounds.</param>
/// <param name="Items">The fields of one round, all of fixed length.</param>
internal sealed record RoundsSpec(int? Times, string? CountField, IReadOnlyList<HexItem> Items);

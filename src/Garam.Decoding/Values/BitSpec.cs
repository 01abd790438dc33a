namespace Garam.Decoding.Values;

/// <summary>Bits <paramref name="From"/> to <paramref name="To"/> of a whole number, bit 0 the least significant.</summary>
internal sealed record BitSpec(int From, int To, bool Signed, bool Inverted, ValueSpec Value);

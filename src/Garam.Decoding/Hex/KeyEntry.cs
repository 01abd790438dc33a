namespace Garam.Decoding.Hex;

/// <summary>What follows a key.</summary>
/// <param name="Key">The key's bytes as a big-endian number.</param>
/// <param name="ValueLength">Bytes of its value; null: as the length prefix says, or all that are left.</param>
/// <param name="OwnReading">Whether the value is a reading of its own (a stored one, sent later) instead of part of this one.</param>
/// <param name="Items">The fields of the value.</param>
internal sealed record KeyEntry(ulong Key, int? ValueLength, bool OwnReading, IReadOnlyList<HexItem> Items);

namespace Garam.Decoding.Specs;

/// <summary>When a variant of a product's layout applies; every condition that is given must hold.</summary>
/// <param name="Ports">Application ports; empty: any, also none.</param>
/// <param name="LengthMin">The smallest payload, bytes.</param>
/// <param name="LengthMax">The largest payload, bytes.</param>
/// <param name="Bytes">Bytes that must stand at given offsets.</param>
internal sealed record VariantCondition(IReadOnlyList<int> Ports, int LengthMin, int LengthMax, IReadOnlyList<(int Offset, byte[] Bytes)> Bytes)
{
    public static VariantCondition Always { get; } = new([], 0, int.MaxValue, []);

    public bool Holds(ReadOnlySpan<byte> payload, int? port)
    {
        if (payload.Length < LengthMin || payload.Length > LengthMax) return false;
        for (var i = 0; i < Bytes.Count; i++)
            if (payload.Length < Bytes[i].Offset || !payload[Bytes[i].Offset..].StartsWith(Bytes[i].Bytes)) return false;
        if (Ports.Count == 0) return true;
        for (var i = 0; i < Ports.Count; i++)
            if (Ports[i] == port) return true;
        return false;
    }
}

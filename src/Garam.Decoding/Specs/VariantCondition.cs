namespace Garam.Decoding.Specs;

/// <summary>When a variant of a product's layout applies; every condition that is given must hold.</summary>
/// <param name="Ports">Application ports; empty: any, also none.</param>
/// <param name="LengthMin">The smallest payload, bytes.</param>
/// <param name="LengthMax">The largest payload, bytes.</param>
/// <param name="Bytes">Bytes that must stand at given offsets.</param>
internal sealed record VariantCondition(int[] Ports, int LengthMin, int LengthMax, (int Offset, byte[] Bytes)[] Bytes)
{
    public static VariantCondition Always { get; } = new([], 0, int.MaxValue, []);

    /// <summary>Whether it holds for every payload.</summary>
    public bool IsAlways { get; } = Ports.Length == 0 && LengthMin == 0 && LengthMax == int.MaxValue && Bytes.Length == 0;

    public bool Holds(ReadOnlySpan<byte> payload, int? port)
    {
        if (IsAlways) return true;
        if (payload.Length < LengthMin || payload.Length > LengthMax) return false;
        for (var i = 0; i < Bytes.Length; i++)
            if (payload.Length < Bytes[i].Offset || !payload[Bytes[i].Offset..].StartsWith(Bytes[i].Bytes)) return false;
        if (Ports.Length == 0) return true;
        for (var i = 0; i < Ports.Length; i++)
            if (Ports[i] == port) return true;
        return false;
    }
}

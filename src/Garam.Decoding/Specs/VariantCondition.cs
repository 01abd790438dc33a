namespace Garam.Decoding.Specs;

/// <summary>When a variant of a product's layout applies; every condition that is given must hold.</summary>
/// <param name="Ports">Application ports; empty: any, also none.</param>
/// <param name="LengthMin">The smallest payload, bytes.</param>
/// <param name="LengthMax">The largest payload, bytes.</param>
/// <param name="StartsWith">The payload's first bytes.</param>
internal sealed record VariantCondition(IReadOnlyList<int> Ports, int LengthMin, int LengthMax, byte[] StartsWith)
{
    public static VariantCondition Always { get; } = new([], 0, int.MaxValue, []);

    public bool Holds(ReadOnlySpan<byte> payload, int? port)
    {
        if (payload.Length < LengthMin || payload.Length > LengthMax || !payload.StartsWith(StartsWith)) return false;
        if (Ports.Count == 0) return true;
        for (var i = 0; i < Ports.Count; i++)
            if (Ports[i] == port) return true;
        return false;
    }
}

namespace Garam.Mqtt.Tests.Wire;

/// <summary>A packet as received: first byte and what follows the remaining length.</summary>
internal sealed record RawPacket(byte First, byte[] Body)
{
    public int Type => First >> 4;

    /// <summary>Size on the wire.</summary>
    public int Size => Body.Length + (Body.Length < 128 ? 2 : Body.Length < 16_384 ? 3 : 4);

    public string Hex => Convert.ToHexString([First, .. Body]);

    public ushort Id => (ushort)(Body[0] << 8 | Body[1]);
}

namespace Garam.Decoding.Hex;

/// <summary>Bytes without meaning.</summary>
internal sealed record SkipItem(int Length) : HexItem
{
    public override int? FixedLength => Length;
}

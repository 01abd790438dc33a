namespace Garam.Decoding.Values;

/// <summary>Compiled bits of a whole number.</summary>
internal sealed class BitPlan(BitSpec spec, ValuePlan value)
{
    private readonly int _width = spec.To - spec.From + 1;

    public void Write(DecodeOutput output, long raw)
    {
        var bits = (ulong)raw >> spec.From;
        var mask = _width == 64 ? ulong.MaxValue : (1UL << _width) - 1;
        bits &= mask;
        if (spec.Inverted) bits = ~bits & mask;
        var number = spec.Signed ? (long)(bits << (64 - _width)) >> (64 - _width) : (long)bits;
        if (value.IsBoolean) value.WriteTruth(output, number != 0);
        else value.WriteWhole(output, number);
    }
}

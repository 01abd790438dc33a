namespace Garam.Decoding.Hex;

/// <summary>Passes bytes without meaning.</summary>
internal sealed class SkipStep(int length) : HexStep
{
    public override bool Run(ref HexCursor cursor, DecodeOutput output)
    {
        if (cursor.Data.Length - cursor.Position < length)
            return output.SetFault(DecodeErrorCode.Truncated, cursor.Data.Length, "skip", cursor.Position + (long)length);
        cursor.Advance(cursor.Position + length);
        return true;
    }
}

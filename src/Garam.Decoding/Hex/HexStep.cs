namespace Garam.Decoding.Hex;

/// <summary>One compiled entry of a layout of bytes.</summary>
internal abstract class HexStep
{
    /// <summary>Reads its bytes and moves on; false when the payload cannot be read further (the fault is in the output).</summary>
    public abstract bool Run(ref HexCursor cursor, DecodeOutput output);

    public static bool RunAll(HexStep[] steps, ref HexCursor cursor, DecodeOutput output)
    {
        foreach (var step in steps)
            if (!step.Run(ref cursor, output)) return false;
        return true;
    }
}

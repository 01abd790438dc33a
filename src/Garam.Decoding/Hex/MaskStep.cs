namespace Garam.Decoding.Hex;

/// <summary>Reads a mask and the groups it announces.</summary>
internal sealed class MaskStep(MaskItem item, HexStep[][] groups) : HexStep
{
    private readonly int[] _bits = [.. item.Groups.Select(group => group.Bit)];

    public override bool Run(ref HexCursor cursor, DecodeOutput output)
    {
        var at = item.Offset is { } offset ? cursor.Start + offset : cursor.Position;
        if (cursor.Data.Length - at < item.Length) return output.SetFault(DecodeErrorCode.Truncated, cursor.Data.Length, "mask", at + (long)item.Length);
        var mask = WireNumber.Unsigned(cursor.Data.Slice(at, item.Length), item.Order);
        cursor.Advance(at + item.Length);
        var outer = cursor.Start;
        for (var i = 0; i < groups.Length; i++)
        {
            if ((mask & (1UL << _bits[i])) == 0) continue;
            cursor.Enter(cursor.Position);
            if (!RunAll(groups[i], ref cursor, output)) return false;
            cursor.Position = cursor.End;
        }

        cursor.Start = outer;
        return true;
    }
}

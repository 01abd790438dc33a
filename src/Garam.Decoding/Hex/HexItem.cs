namespace Garam.Decoding.Hex;

/// <summary>One entry of a layout of bytes.</summary>
internal abstract record HexItem
{
    /// <summary>Bytes it takes when that is the same for every payload; null when not.</summary>
    public abstract int? FixedLength { get; }

    /// <summary>Bytes from the start of its frame to its end, for a layout whose items are all fixed; null when not.</summary>
    public static int? FixedEnd(IReadOnlyList<HexItem> items)
    {
        var position = 0;
        var end = 0;
        foreach (var item in items)
        {
            if (item is FieldItem { Optional: true } || item.FixedLength is not { } length) return null;
            if (item is FieldItem { Offset: { } offset }) position = offset;
            position += length;
            end = Math.Max(end, position);
        }

        return end;
    }
}

namespace Garam.Decoding.Hex;

/// <summary>Where a decoder stands in a payload: offsets count from <see cref="Start"/>, fields without one stand at <see cref="Position"/>.</summary>
internal ref struct HexCursor(ReadOnlySpan<byte> data)
{
    public readonly ReadOnlySpan<byte> Data = data;
    public int Start;
    public int Position;

    /// <summary>The end of the furthest field so far.</summary>
    public int End;

    public void Advance(int to)
    {
        Position = to;
        if (to > End) End = to;
    }

    /// <summary>Begins a frame at a place: a group, a section, a value.</summary>
    public void Enter(int at)
    {
        Start = Position = End = at;
    }
}

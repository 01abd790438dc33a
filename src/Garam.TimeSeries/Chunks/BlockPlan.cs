namespace Garam.TimeSeries.Chunks;

/// <summary>How one block of packed numbers is written: predictor, reference, width, and how many are patched.</summary>
internal readonly record struct BlockPlan(Predictor Predictor, bool ZigZag, long Reference, int Width, int Patches, int CostBits)
{
    private const int ZigZagFlag = 0x04;
    private const int PatchFlag = 0x08;
    private const int HeaderBits = 16;

    /// <summary>The width with the least cost: a histogram of bit lengths tells the cost of every width in one scan.</summary>
    public static BlockPlan Cheapest(ReadOnlySpan<ulong> values, Predictor predictor, bool zigZag, long reference)
    {
        Span<int> lengths = stackalloc int[65];
        lengths.Clear();
        foreach (var value in values) lengths[PackedIntegers.BitLength(value)]++;

        var longest = 64;
        while (longest > 0 && lengths[longest] == 0) longest--;
        var bestWidth = longest;
        var bestCost = values.Length * longest;
        var bestPatches = 0;
        var patched = 0;
        for (var width = longest - 1; width >= 0; width--)
        {
            patched += lengths[width + 1];
            // An outlier must be an outlier: past a quarter of the block the list is dearer to decode than it saves.
            if (patched > values.Length / 4) break;
            var cost = values.Length * width + 8;
            for (var length = width + 1; length <= longest; length++) cost += lengths[length] * (8 + 8 * ((length - width + 6) / 7));
            if (cost >= bestCost) continue;
            bestCost = cost;
            bestWidth = width;
            bestPatches = patched;
        }

        var referenceBits = zigZag ? 0 : 8 * ((PackedIntegers.BitLength(Chunks.ZigZag.Encode(reference) | 1) + 6) / 7);
        return new BlockPlan(predictor, zigZag, reference, bestWidth, bestPatches, HeaderBits + referenceBits + bestCost);
    }

    public void WriteHeader(ByteSink sink, ReadOnlySpan<ulong> values)
    {
        sink.Byte((int)Predictor | (ZigZag ? ZigZagFlag : 0) | (Patches > 0 ? PatchFlag : 0));
        sink.Byte(Width);
        if (!ZigZag) sink.ZigZag(Reference);
        if (Patches == 0) return;
        sink.Byte(Patches);
        for (var i = 0; i < values.Length; i++)
        {
            var high = Width >= 64 ? 0 : values[i] >> Width;
            if (high == 0) continue;
            sink.Byte(i);
            sink.Varint(high);
        }
    }

    public static bool TryReadHeader(ref ByteSource source, out BlockPlan plan)
    {
        var flags = source.Byte();
        var width = source.Byte();
        var zigZag = (flags & ZigZagFlag) != 0;
        var reference = zigZag ? 0 : source.ZigZag();
        var patches = (flags & PatchFlag) != 0 ? source.Byte() : 0;
        plan = new BlockPlan((Predictor)(flags & 3), zigZag, reference, width, patches, 0);
        return !source.Failed && flags < 16 && (flags & 3) <= (int)Predictor.DeltaOfDelta && width <= 64;
    }

    public bool TryReadPatches(ref ByteSource source, int values, scoped Span<PatchedValue> patches, out int count)
    {
        count = Patches;
        if (count > values || (count > 0 && Width >= 64)) return false;
        for (var i = 0; i < count; i++)
        {
            var index = source.Byte();
            if (index >= values) return false;
            patches[i] = new PatchedValue(index, source.Varint());
        }

        return !source.Failed;
    }
}

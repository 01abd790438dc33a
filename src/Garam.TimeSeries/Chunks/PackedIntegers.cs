using System.Numerics;

namespace Garam.TimeSeries.Chunks;

/// <summary>
/// Whole numbers, compact where neighbours are alike.
/// <list type="bullet">
/// <item>A straight line (constants, clocks, counters) is its first value and its step, whatever its length.</item>
/// <item>Else blocks of 128: the numbers themselves, their deltas or the deltas' deltas, either above the block's smallest
/// (frame of reference) or zigzagged, at the width that costs least when the few that do not fit are patched in after.</item>
/// <item>All arithmetic wraps, so every input round-trips and no input can overflow the decoder.</item>
/// </list>
/// </summary>
internal static class PackedIntegers
{
    private const int BlockValues = 128;
    private const byte Line = 0;
    private const byte Blocks = 1;

    public static void Write(ByteSink sink, ReadOnlySpan<long> values)
    {
        var step = values.Length > 1 ? values[1] - values[0] : 0;
        var line = IsLine(values, step);
        sink.Byte(line ? Line : Blocks);
        sink.ZigZag(values[0]);
        if (values.Length > 1) sink.ZigZag(step);
        if (line) return;

        Span<ulong> best = stackalloc ulong[BlockValues];
        Span<ulong> trial = stackalloc ulong[BlockValues];
        var previous = values[0];
        var previousDelta = step;
        for (var at = 1; at < values.Length; at += BlockValues)
        {
            var block = values.Slice(at, Math.Min(BlockValues, values.Length - at));
            WriteBlock(sink, block, previous, previousDelta, best[..block.Length], trial[..block.Length]);
            previousDelta = block[^1] - (block.Length > 1 ? block[^2] : previous);
            previous = block[^1];
        }
    }

    /// <summary>Fills <paramref name="values"/>; false when the bytes are not what <see cref="Write"/> makes.</summary>
    public static bool Read(ref ByteSource source, Span<long> values)
    {
        var kind = source.Byte();
        var first = source.ZigZag();
        var step = values.Length > 1 ? source.ZigZag() : 0;
        if (source.Failed || kind > Blocks) return false;
        if (kind == Line)
        {
            for (var i = 0; i < values.Length; i++) values[i] = first + i * step;
            return true;
        }

        values[0] = first;
        var previous = first;
        var previousDelta = step;
        Span<ulong> residuals = stackalloc ulong[BlockValues];
        for (var at = 1; at < values.Length; at += BlockValues)
        {
            var block = values.Slice(at, Math.Min(BlockValues, values.Length - at));
            if (!ReadBlock(ref source, block, ref previous, ref previousDelta, residuals[..block.Length])) return false;
        }

        return true;
    }

    private static bool IsLine(ReadOnlySpan<long> values, long step)
    {
        for (var i = 1; i < values.Length; i++)
            if (values[i] - values[i - 1] != step) return false;
        return true;
    }

    private static void WriteBlock(
        ByteSink sink, ReadOnlySpan<long> block, long previous, long previousDelta, Span<ulong> best, Span<ulong> trial)
    {
        Span<long> residuals = stackalloc long[BlockValues];
        residuals = residuals[..block.Length];
        var plan = default(BlockPlan);

        for (var i = block.Length - 1; i > 0; i--) residuals[i] = block[i] - block[i - 1];
        residuals[0] = block[0] - previous;
        Try(residuals, Predictor.Delta, zigZag: true, best, trial, ref plan);
        Try(residuals, Predictor.Delta, zigZag: false, best, trial, ref plan);
        for (var i = block.Length - 1; i > 0; i--) residuals[i] -= residuals[i - 1];
        residuals[0] -= previousDelta;
        Try(residuals, Predictor.DeltaOfDelta, zigZag: true, best, trial, ref plan);
        Try(block, Predictor.Value, zigZag: false, best, trial, ref plan);

        plan.WriteHeader(sink, best);
        BitPacking.Pack(best, plan.Width, sink.Reserve(BitPacking.Bytes(block.Length, plan.Width)));
    }

    private static void Try(
        ReadOnlySpan<long> residuals, Predictor predictor, bool zigZag, Span<ulong> best, Span<ulong> trial, ref BlockPlan plan)
    {
        var reference = 0L;
        if (zigZag)
        {
            for (var i = 0; i < residuals.Length; i++) trial[i] = ZigZag.Encode(residuals[i]);
        }
        else
        {
            reference = residuals[0];
            foreach (var residual in residuals) reference = Math.Min(reference, residual);
            for (var i = 0; i < residuals.Length; i++) trial[i] = (ulong)(residuals[i] - reference);
        }

        // Clearly wider than a plan that needs no patches: not worth the histogram, which is half the cost of encoding.
        if (plan.CostBits != 0 && plan.Patches == 0 && Widest(trial) > plan.Width + 1) return;
        var candidate = BlockPlan.Cheapest(trial, predictor, zigZag, reference);
        if (plan.CostBits != 0 && candidate.CostBits >= plan.CostBits) return;
        plan = candidate;
        trial.CopyTo(best);
    }

    private static int Widest(ReadOnlySpan<ulong> values)
    {
        ulong all = 0;
        foreach (var value in values) all |= value;
        return BitLength(all);
    }

    private static bool ReadBlock(
        ref ByteSource source, Span<long> block, ref long previous, ref long previousDelta, scoped Span<ulong> residuals)
    {
        if (!BlockPlan.TryReadHeader(ref source, out var plan)) return false;
        Span<PatchedValue> patches = stackalloc PatchedValue[BlockValues];
        if (!plan.TryReadPatches(ref source, block.Length, patches, out var patchCount)) return false;
        var packed = source.Bytes(BitPacking.Bytes(block.Length, plan.Width));
        if (source.Failed) return false;
        BitPacking.Unpack(packed, plan.Width, residuals);
        foreach (var patch in patches[..patchCount]) residuals[patch.Index] |= patch.HighBits << plan.Width;

        if (plan.ZigZag)
            for (var i = 0; i < block.Length; i++) block[i] = ZigZag.Decode(residuals[i]);
        else
            for (var i = 0; i < block.Length; i++) block[i] = (long)residuals[i] + plan.Reference;
        Integrate(plan.Predictor, block, ref previous, ref previousDelta);
        return true;
    }

    private static void Integrate(Predictor predictor, Span<long> block, ref long previous, ref long previousDelta)
    {
        var value = previous;
        var delta = previousDelta;
        switch (predictor)
        {
            case Predictor.Value:
                delta = block[^1] - (block.Length > 1 ? block[^2] : value);
                value = block[^1];
                break;
            case Predictor.Delta:
                for (var i = 0; i < block.Length; i++)
                {
                    delta = block[i];
                    value += delta;
                    block[i] = value;
                }

                break;
            default:
                for (var i = 0; i < block.Length; i++)
                {
                    delta += block[i];
                    value += delta;
                    block[i] = value;
                }

                break;
        }

        previous = value;
        previousDelta = delta;
    }

    internal static int BitLength(ulong value) => 64 - BitOperations.LeadingZeroCount(value);
}

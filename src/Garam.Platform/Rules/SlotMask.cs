namespace Garam.Platform.Rules;

/// <summary>A set of slots, tested against those that a reading fills.</summary>
internal sealed class SlotMask
{
    private readonly ulong[] _words;

    public SlotMask(IEnumerable<int> slots)
    {
        var list = slots.ToList();
        _words = new ulong[list.Count == 0 ? 0 : (list.Max() / 64) + 1];
        foreach (var slot in list)
            _words[slot / 64] |= 1UL << (slot % 64);
    }

    private SlotMask(ulong[] words) => _words = words;

    /// <summary>All slots of some masks.</summary>
    public static SlotMask Of(IEnumerable<SlotMask> masks)
    {
        var list = masks.ToList();
        var words = new ulong[list.Select(m => m._words.Length).Append(0).Max()];
        foreach (var mask in list)
        {
            for (var i = 0; i < mask._words.Length; i++)
                words[i] |= mask._words[i];
        }

        return new SlotMask(words);
    }

    /// <summary>The newest of the times of its slots; the earliest there is when it has none.</summary>
    public long Newest(ReadOnlySpan<long> slotTimes)
    {
        var newest = long.MinValue;
        for (var i = 0; i < _words.Length; i++)
        {
            for (var bits = _words[i]; bits != 0; bits &= bits - 1)
                newest = Math.Max(newest, slotTimes[(i * 64) + System.Numerics.BitOperations.TrailingZeroCount(bits)]);
        }

        return newest;
    }

    public bool IsEmpty => _words.Length == 0;

    /// <summary>Whether the reading has any of these.</summary>
    public bool Meets(ReadOnlySpan<ulong> present)
    {
        var common = Math.Min(_words.Length, present.Length);
        for (var i = 0; i < common; i++)
        {
            if ((_words[i] & present[i]) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether the reading has all of these.</summary>
    public bool IsWithin(ReadOnlySpan<ulong> present)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & ~(i < present.Length ? present[i] : 0)) != 0)
                return false;
        }

        return true;
    }
}

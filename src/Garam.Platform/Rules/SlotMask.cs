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

using Garam.Expressions;

namespace Garam.Platform.Detection;

/// <summary>The values of one reading by slot, and which slots it fills. Working memory of a lane, used for one reading after another.</summary>
internal sealed class DetectionFrame
{
    private Value[] _slots = new Value[64];
    private ulong[] _present = new ulong[1];
    private int _count;

    public ReadOnlySpan<Value> Slots => _slots.AsSpan(0, _count);

    public ReadOnlySpan<ulong> Present => _present;

    public Value this[int slot] => _slots[slot];

    /// <summary>Empties it for a reading under a plan of so many slots, with the device's attributes in place.</summary>
    public void Begin(int slots, ReadOnlySpan<(int Slot, Value Value)> attributes)
    {
        if (_slots.Length < slots)
        {
            _slots = new Value[slots * 2];
            _present = new ulong[(slots / 32) + 1];
        }

        _count = slots;
        _slots.AsSpan(0, slots).Clear();
        Array.Clear(_present);
        foreach (var (slot, value) in attributes)
            _slots[slot] = value;
    }

    /// <summary>Puts a metric in; a missing value stays absent.</summary>
    public void Set(int slot, in Value value)
    {
        if (value.IsMissing)
            return;
        _slots[slot] = value;
        _present[slot >> 6] |= 1UL << (slot & 63);
    }

    public bool Has(int slot) => (_present[slot >> 6] & (1UL << (slot & 63))) != 0;
}

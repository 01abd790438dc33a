using Garam.Expressions.Windows;

namespace Garam.Expressions;

/// <summary>What one evaluation sees: the values of a reading, its time, and the windows of its device.</summary>
public readonly ref struct EvaluationFrame
{
    /// <summary>Makes a frame.</summary>
    /// <param name="slots">Values by <see cref="Symbol.Slot"/>; a slot beyond the end is missing.</param>
    /// <param name="timeUs">Event time of the reading, microseconds since 1970 UTC: what <c>timestamp()</c> gives, in milliseconds.</param>
    /// <param name="windows">Windows of the device, made from the plan the expression was bound with; null makes them all missing.</param>
    /// <param name="peerCounts">Counts by index of <see cref="PeerPlan.Conditions"/>.</param>
    public EvaluationFrame(
        ReadOnlySpan<Value> slots, long timeUs = 0, WindowSet? windows = null, ReadOnlySpan<double> peerCounts = default)
    {
        Slots = slots;
        TimeUs = timeUs;
        Windows = windows;
        PeerCounts = peerCounts;
    }

    /// <summary>Values by slot.</summary>
    public ReadOnlySpan<Value> Slots { get; }

    /// <summary>Event time, microseconds since 1970 UTC.</summary>
    public long TimeUs { get; }

    /// <summary>Windows of the device.</summary>
    public WindowSet? Windows { get; }

    /// <summary>How many devices of the group meet each condition.</summary>
    public ReadOnlySpan<double> PeerCounts { get; }

    internal Value Slot(int slot) => (uint)slot < (uint)Slots.Length ? Slots[slot] : default;

    internal double Number(int slot) => (uint)slot < (uint)Slots.Length ? Slots[slot].Number : double.NaN;
}

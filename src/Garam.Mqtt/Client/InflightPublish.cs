using System.Buffers;
using System.Threading.Tasks.Sources;
using Garam.Mqtt.Packets;

namespace Garam.Mqtt.Client;

/// <summary>
/// One publication under way: its packet, kept for a repeat, and the task of the caller that waits for its end. Reused from
/// message to message, but not before the caller has taken the result: only then it goes back to the window. Belongs to one packet
/// identifier for the client's life.
/// </summary>
internal sealed class InflightPublish(ushort packetId, PublishWindow window) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> completion = new() { RunContinuationsAsynchronously = true };
    private byte[] packet = [];
    private int length;

    public ushort PacketId { get; } = packetId;

    public bool IsActive { get; private set; }

    /// <summary>PUBREC came; PUBREL is repeated, the packet no more.</summary>
    public bool IsReleased { get; set; }

    public QualityOfService Qos { get; private set; }

    /// <summary>Order of publishing, for repeats in order.</summary>
    public long Sequence { get; private set; }

    public ReadOnlySpan<byte> Packet => packet.AsSpan(0, length);

    public ValueTask Begin(ReadOnlySpan<byte> bytes, QualityOfService qos, long sequence)
    {
        completion.Reset();
        if (packet.Length < bytes.Length)
        {
            Return();
            packet = ArrayPool<byte>.Shared.Rent(bytes.Length);
        }

        bytes.CopyTo(packet);
        length = bytes.Length;
        Qos = qos;
        Sequence = sequence;
        IsReleased = false;
        IsActive = true;
        return new ValueTask(this, completion.Version);
    }

    public void MarkDuplicate() => packet[0] |= 8;

    public void Complete(Exception? failure)
    {
        IsActive = false;
        if (failure is null)
            completion.SetResult(true);
        else
            completion.SetException(failure);
    }

    public void Return()
    {
        if (packet.Length > 0)
            ArrayPool<byte>.Shared.Return(packet);
        packet = [];
    }

    public void GetResult(short token)
    {
        try
        {
            completion.GetResult(token);
        }
        finally
        {
            window.GiveBack(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        completion.OnCompleted(continuation, state, token, flags);
}

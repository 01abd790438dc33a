using System.Net;
using System.Net.Sockets;

namespace Garam.Bench.Load;

/// <summary>
/// One MQTT connection of the load generator. Invariants: packet ids run 1 to 65,535 and around; acknowledgements are
/// expected in the order of the messages, so the unacknowledged ones are a ring from oldest to newest; while bytes of a
/// send that would have blocked are pending, no further message is made.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly TelemetryPacket[] _devices;
    private readonly long[] _dueAt;
    private readonly int _index;
    private readonly int _mask;
    private readonly byte[] _partial = new byte[4];
    private int _partialCount;
    private byte[] _pending = [];
    private int _pendingAt;
    private int _pendingCount;
    private int _nextDevice;
    private ushort _nextId = 1;
    private ushort _oldestId = 1;

    public LoadConnection(LoadOptions options, int index, int firstDevice, int deviceCount)
    {
        _devices = new TelemetryPacket[deviceCount];
        for (var i = 0; i < deviceCount; i++)
            _devices[i] = new TelemetryPacket(firstDevice + i, options.PayloadBytes, options.FirstTime, options.Step, options.FirstSequence);
        _dueAt = new long[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)options.Window)];
        _mask = _dueAt.Length - 1;
        MessagesMax = options.MessagesPerDevice == 0 ? long.MaxValue : options.MessagesPerDevice * deviceCount;
        Window = options.Window;
        _index = index;
        Socket = Connect(options, index);
    }

    public Socket Socket { get; }

    public int Window { get; }

    public long MessagesMax { get; }

    public int PacketLength => _devices[0].Length;

    public long Sent { get; private set; }

    public long Acknowledged { get; private set; }

    public long OutOfOrder { get; private set; }

    public bool IsLost { get; private set; }

    public bool HasPending => _pendingCount > 0;

    /// <summary>How many messages may be made now.</summary>
    public int Room => IsLost || HasPending ? 0 : (int)Math.Min(Window - (Sent - Acknowledged), MessagesMax - Sent);

    /// <summary>Makes one message. <paramref name="dueAt"/> is when it should be on the wire: its latency counts from there.</summary>
    public void Make(Span<byte> destination, long dueAt)
    {
        _dueAt[Sent & _mask] = dueAt;
        _devices[_nextDevice].WriteNext(destination, _nextId);
        if (++_nextDevice == _devices.Length)
            _nextDevice = 0;
        _nextId = NextId(_nextId);
        Sent++;
    }

    /// <summary>Sends what was made; what the socket does not take is kept for <see cref="Flush"/>.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        var sent = Socket.Send(bytes, SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            IsLost = true;
            return;
        }

        if (sent == bytes.Length)
            return;
        if (_pending.Length < bytes.Length)
            _pending = new byte[bytes.Length];
        bytes[sent..].CopyTo(_pending);
        _pendingAt = 0;
        _pendingCount = bytes.Length - sent;
    }

    /// <summary>Sends pending bytes as far as the socket takes them.</summary>
    public void Flush()
    {
        var sent = Socket.Send(_pending.AsSpan(_pendingAt, _pendingCount), SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            IsLost = true;
            return;
        }

        _pendingAt += sent;
        _pendingCount -= sent;
    }

    /// <summary>Reads what has arrived, once; acknowledged messages go to <paramref name="progress"/>.</summary>
    public void Receive(byte[] buffer, LoadProgress progress)
    {
        _partial.AsSpan(0, _partialCount).CopyTo(buffer);
        var read = Socket.Receive(buffer.AsSpan(_partialCount), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return;
        if (error != SocketError.Success || read == 0)
        {
            IsLost = true;
            return;
        }

        var bytes = buffer.AsSpan(0, _partialCount + read);
        while (bytes.Length >= 4)
        {
            if (bytes[0] != 0x40 || bytes[1] != 2)
                throw new InvalidDataException($"The broker sent packet type 0x{bytes[0]:X2} where only PUBACK (0x40) is due.");
            Acknowledge((ushort)(bytes[2] << 8 | bytes[3]), progress);
            bytes = bytes[4..];
        }

        bytes.CopyTo(_partial);
        _partialCount = bytes.Length;
    }

    public void Dispose() => Socket.Dispose();

    private void Acknowledge(ushort id, LoadProgress progress)
    {
        if (id != _oldestId)
            OutOfOrder++;
        _oldestId = NextId(_oldestId);
        progress.Acknowledged(_index, Acknowledged, _dueAt[Acknowledged & _mask]);
        Acknowledged++;
    }

    private static ushort NextId(ushort id) => id == ushort.MaxValue ? (ushort)1 : (ushort)(id + 1);

    private static Socket Connect(LoadOptions options, int index)
    {
        var address = Dns.GetHostAddresses(options.Host, AddressFamily.InterNetwork)[0];
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(address, options.Port);
            socket.ReceiveTimeout = 10_000;
            socket.Send(ConnectPacket.Of($"bench-load-{index:D5}", options.User, options.Password));
            Span<byte> answer = stackalloc byte[4];
            for (var read = 0; read < 4;)
            {
                var count = socket.Receive(answer[read..]);
                if (count == 0)
                    throw new IOException("The broker closed the connection before CONNACK.");
                read += count;
            }

            if (answer[0] != 0x20 || answer[3] != 0)
                throw new IOException($"The broker refused the connection (CONNACK {Convert.ToHexString(answer)}).");
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

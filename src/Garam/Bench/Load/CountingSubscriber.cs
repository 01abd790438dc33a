using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Garam.Bench.Load;

/// <summary>
/// Subscribes at QoS 1, acknowledges and counts, and does nothing else: the cheapest consumer a broker can have. All that
/// one receive brought is acknowledged with one send. Reads of the counters may come from another thread.
/// </summary>
internal sealed class CountingSubscriber : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[512 * 1024];
    private readonly byte[] _acknowledgements = new byte[64 * 1024];
    private int _filled;
    private long _received;
    private long _lastReceivedAt;

    /// <exception cref="SocketException">Nobody listens there.</exception>
    public CountingSubscriber(SubscriberOptions options)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(options.Host, options.Port);
        _socket.Send(ConnectPacket.Of("bench-subscriber", null, null));
        var filter = Encoding.UTF8.GetBytes(options.Filter);
        _socket.Send([0x82, (byte)(5 + filter.Length), 0, 1, 0, (byte)filter.Length, .. filter, 1]);
    }

    public SubscriberReport Progress =>
        new(Volatile.Read(ref _received), Volatile.Read(ref _lastReceivedAt), ProcessCpu.Seconds(Environment.ProcessId));

    /// <summary>Set when the broker granted the subscription.</summary>
    public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Counts until the connection ends, on the calling thread.</summary>
    public void Run()
    {
        while (true)
        {
            int read;
            try
            {
                read = _socket.Receive(_buffer.AsSpan(_filled));
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            if (read == 0)
                return;
            _filled += read;
            Take();

            // A broker that sends message by message would have to wake us for each, which costs it more than the message.
            if (read < _buffer.Length / 4)
                Thread.Sleep(Pause);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Take()
    {
        var bytes = _buffer.AsSpan(0, _filled);
        var acknowledged = 0;
        var count = 0;
        while (TryReadHeader(bytes, out var header, out var length) && bytes.Length >= header + length)
        {
            var body = bytes.Slice(header, length);
            switch (bytes[0] >> 4)
            {
                case 3 when (bytes[0] & 0x06) != 0:
                    var idAt = 2 + (body[0] << 8 | body[1]);
                    if (acknowledged + 4 > _acknowledgements.Length)
                        SendAcknowledgements(ref acknowledged);
                    _acknowledgements[acknowledged++] = 0x40;
                    _acknowledgements[acknowledged++] = 2;
                    _acknowledgements[acknowledged++] = body[idAt];
                    _acknowledgements[acknowledged++] = body[idAt + 1];
                    count++;
                    break;
                case 3:
                    count++;
                    break;
                case 9:
                    Granted.TrySetResult();
                    break;
            }

            bytes = bytes[(header + length)..];
        }

        if (count > 0)
        {
            Volatile.Write(ref _lastReceivedAt, Stopwatch.GetTimestamp());
            Volatile.Write(ref _received, _received + count);
        }

        SendAcknowledgements(ref acknowledged);
        bytes.CopyTo(_buffer);
        _filled = bytes.Length;
    }

    private void SendAcknowledgements(ref int count)
    {
        if (count > 0)
            _socket.Send(_acknowledgements.AsSpan(0, count));
        count = 0;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        header = 1;
        length = 0;
        for (var shift = 0; header < bytes.Length && shift <= 21; shift += 7)
        {
            var part = bytes[header++];
            length |= (part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return true;
        }

        return false;
    }
}

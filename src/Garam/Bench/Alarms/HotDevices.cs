using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Garam.Bench.Load;
using Garam.Bench.Servers;

namespace Garam.Bench.Alarms;

/// <summary>
/// Devices that each send one message which raises an alarm, over one MQTT connection at QoS 1. Message n is of device n and has packet id n + 1.
/// </summary>
internal sealed class HotDevices : IDisposable
{
    private readonly Socket _socket;
    private readonly long[] _sentAt;
    private readonly long[] _acknowledgedAt;

    /// <param name="count">How many there are; at most 65,535, as packet ids go.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public HotDevices(int port, int count)
    {
        _sentAt = new long[count];
        _acknowledgedAt = new long[count];
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect("127.0.0.1", port);
        _socket.Send(ConnectPacket.Of("bench-hot", null, null));
        Span<byte> answer = stackalloc byte[4];
        if (_socket.Receive(answer) != 4 || answer[3] != 0)
            throw new BenchException($"The broker refused the connection (CONNACK {Convert.ToHexString(answer)}).");
    }

    /// <summary>The id of the device with this number.</summary>
    public static string DeviceId(int device) => string.Create(CultureInfo.InvariantCulture, $"hot-{device:D5}");

    /// <summary>When the message of this device went out, by the monotonic clock.</summary>
    public long SentAt(int device) => Volatile.Read(ref _sentAt[device]);

    /// <summary>When it was acknowledged; 0 when it was not.</summary>
    public long AcknowledgedAt(int device) => Volatile.Read(ref _acknowledgedAt[device]);

    /// <summary>Sends the message of one device after the other on a timetable.</summary>
    public async Task SendAsync(double rate, CancellationToken cancellation)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1 / rate));
        for (var device = 0; device < _sentAt.Length; device++)
        {
            await tick.WaitForNextTickAsync(cancellation);
            var packet = Packet(device);
            Volatile.Write(ref _sentAt[device], Stopwatch.GetTimestamp());
            try
            {
                await _socket.SendAsync(packet, cancellation);
            }
            catch (SocketException e)
            {
                throw new BenchException($"The connection of the devices that raise alarms broke off after {device} messages: {e.Message}");
            }
        }
    }

    /// <summary>Notes acknowledgements until all are there.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        var filled = 0;
        for (var acknowledged = 0; acknowledged < _sentAt.Length;)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(filled), cancellation);
            if (read == 0)
                throw new BenchException("The broker closed the connection of the devices that raise alarms.");
            var now = Stopwatch.GetTimestamp();
            filled += read;
            var at = 0;
            for (; filled - at >= 4; at += 4, acknowledged++)
                Volatile.Write(ref _acknowledgedAt[(buffer[at + 2] << 8 | buffer[at + 3]) - 1], now);
            buffer.AsSpan(at, filled - at).CopyTo(buffer);
            filled -= at;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Packet(int device)
    {
        var topic = Encoding.ASCII.GetBytes($"devices/{DeviceId(device)}/telemetry");
        var payload = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"ts\":{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()},\"seq\":1,\"temperature\":120.5,\"humidity\":40.1}}"));
        var length = 2 + topic.Length + 2 + payload.Length;
        var id = device + 1;
        byte[] remaining = length < 128 ? [(byte)length] : [(byte)(length & 0x7F | 0x80), (byte)(length >> 7)];
        return
        [
            0x32, .. remaining, (byte)(topic.Length >> 8), (byte)topic.Length, .. topic, (byte)(id >> 8), (byte)id, .. payload,
        ];
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Garam.Bench.Load;

/// <summary>
/// One device's PUBLISH packet (MQTT 3.1.1, QoS 1), kept ready to send: from message to message only the packet id, the
/// device's time, the sequence and the digits of a few values that wander as a sensor's do are changed in place, so that
/// a message costs the generator a copy and some 40 stores, yet each one is distinct and decodes to plausible figures.
/// All values keep their width. Power is voltage times current, as on a real meter.
/// </summary>
internal sealed class TelemetryPacket
{
    /// <summary>Sequence numbers start here, so that they always have ten digits.</summary>
    public const long SequenceBase = 1_000_000_000;

    /// <summary>The metrics that a message carries, the sequence first.</summary>
    public static IReadOnlyList<string> Metrics { get; } =
        ["seq", "temperature", "humidity", "voltage", "current", "power", "rssi"];

    private readonly byte[] _bytes;
    private readonly int _packetIdAt;
    private readonly int _timeAt;
    private readonly int _sequenceAt;
    private readonly int _temperatureAt;
    private readonly int _humidityAt;
    private readonly int _voltageAt;
    private readonly int _currentAt;
    private readonly int _powerAt;
    private readonly int _rssiAt;
    private readonly long _stepMs;

    private ulong _random;
    private long _timeMs;
    private long _sequence;
    private int _temperature = 234;
    private int _humidity = 512;
    private int _voltage = 2204;
    private int _current = 153;
    private int _rssi = 67;

    /// <param name="device">Number of the device; also seeds its values.</param>
    /// <param name="payloadBytes">Length of the JSON document; padded with a text field, at least <see cref="PayloadBytesMin"/>.</param>
    /// <param name="firstTime">The device's time in its message with sequence 0.</param>
    /// <param name="step">What the device's clock advances with each message, at least a millisecond: equal times would be the same sample.</param>
    /// <param name="firstSequence">Sequence of the first message.</param>
    public TelemetryPacket(int device, int payloadBytes, DateTimeOffset firstTime, TimeSpan step, long firstSequence)
    {
        _stepMs = Math.Max(1, (long)step.TotalMilliseconds);
        _sequence = SequenceBase + firstSequence - 1;
        _timeMs = firstTime.ToUnixTimeMilliseconds() + (firstSequence - 1) * _stepMs;
        _random = (ulong)(device + 1) * 0x9E3779B97F4A7C15;

        var payload = Payload(device, payloadBytes);
        var topic = Encoding.ASCII.GetBytes(BenchTopics.Telemetry(device));
        var remaining = 2 + topic.Length + 2 + payload.Length;
        var packet = new List<byte> { 0x32 };
        for (var left = remaining; ; left >>= 7)
        {
            packet.Add((byte)(left < 128 ? left : left & 0x7F | 0x80));
            if (left < 128)
                break;
        }

        packet.Add((byte)(topic.Length >> 8));
        packet.Add((byte)topic.Length);
        packet.AddRange(topic);
        _packetIdAt = packet.Count;
        packet.Add(0);
        packet.Add(0);
        var payloadAt = packet.Count;
        packet.AddRange(Encoding.ASCII.GetBytes(payload));
        _bytes = [.. packet];

        int At(string field) => payloadAt + payload.IndexOf($"\"{field}\":", StringComparison.Ordinal) + field.Length + 3;
        _timeAt = At("ts");
        _sequenceAt = At("seq");
        _temperatureAt = At("temperature");
        _humidityAt = At("humidity");
        _voltageAt = At("voltage");
        _currentAt = At("current");
        _powerAt = At("power");
        _rssiAt = At("rssi") + 1;
        WriteDigits(_timeAt, 13, _timeMs);
        WriteDigits(_sequenceAt, 10, _sequence);
    }

    /// <summary>The shortest payload that holds all fields, in bytes.</summary>
    public static int PayloadBytesMin { get; } = Payload(0, 0).Length;

    /// <summary>Length of the whole packet in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Makes the next message and copies it, with this packet id, to <paramref name="destination"/>.</summary>
    public void WriteNext(Span<byte> destination, ushort packetId)
    {
        Advance();
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_packetIdAt), packetId);
        _bytes.CopyTo(destination);
    }

    private void Advance()
    {
        _sequence++;
        _timeMs += _stepMs;
        if (_stepMs == 1)
            Increment(_timeAt + 12);
        else
            WriteDigits(_timeAt, 13, _timeMs);
        Increment(_sequenceAt + 9);

        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        var bits = (uint)_random;
        _temperature = Wander(_temperature, bits, 200, 299);
        _humidity = Wander(_humidity, bits >> 2, 400, 599);
        _voltage = Wander(_voltage, bits >> 4, 2150, 2249);
        _current = Wander(_current, bits >> 6, 100, 399);
        _rssi = Wander(_rssi, bits >> 8, 50, 89);
        Write3(_temperatureAt, _temperature, 2);
        Write3(_humidityAt, _humidity, 2);
        Write4(_voltageAt, _voltage);
        Write3(_currentAt, _current, 1);
        Write4(_powerAt, _voltage * _current / 100);
        _bytes[_rssiAt] = (byte)('0' + _rssi / 10);
        _bytes[_rssiAt + 1] = (byte)('0' + _rssi % 10);
    }

    /// <summary>One step down, none (twice as likely) or one up, held inside the bounds.</summary>
    private static int Wander(int value, uint bits, int min, int max) =>
        Math.Clamp(value + (int)(bits & 1) - (int)(bits >> 1 & 1), min, max);

    private void Increment(int lastDigitAt)
    {
        var at = lastDigitAt;
        while (_bytes[at] == '9')
            _bytes[at--] = (byte)'0';
        _bytes[at]++;
    }

    private void WriteDigits(int at, int count, long value)
    {
        for (var digit = at + count - 1; digit >= at; digit--, value /= 10)
            _bytes[digit] = (byte)('0' + value % 10);
    }

    /// <summary>Three digits with the point after the first <paramref name="whole"/> ones.</summary>
    private void Write3(int at, int value, int whole)
    {
        _bytes[at] = (byte)('0' + value / 100);
        _bytes[at + (whole == 1 ? 2 : 1)] = (byte)('0' + value / 10 % 10);
        _bytes[at + 3] = (byte)('0' + value % 10);
    }

    /// <summary>Four digits with the point before the last.</summary>
    private void Write4(int at, int value)
    {
        _bytes[at] = (byte)('0' + value / 1000);
        _bytes[at + 1] = (byte)('0' + value / 100 % 10);
        _bytes[at + 2] = (byte)('0' + value / 10 % 10);
        _bytes[at + 4] = (byte)('0' + value % 10);
    }

    private static string Payload(int device, int length)
    {
        var start = string.Create(CultureInfo.InvariantCulture,
            $$"""{"ts":1700000000000,"seq":1000000000,"temperature":23.4,"humidity":51.2,"voltage":220.4,"current":1.53,"power":337.2,"rssi":-67,"serial":"GX{{device:D6}}""");
        const string end = "\"}";
        return start + new string('x', Math.Max(0, length - start.Length - end.Length)) + end;
    }
}

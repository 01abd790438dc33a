using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Garam.Simulate.Fleet;

/// <summary>
/// Climate sensors of the fleet document's products a to d, and hubs with children. Device n is of kind n mod 5: length-based
/// bytes, key-value as hex text, sections as hex text, CSV, and a hub's child (product a). Each hub has four children and
/// reports its own cabinet as product d.
/// </summary>
internal sealed class FleetSimulator : IPackSimulator
{
    private const int ChildrenPerHub = 4;

    /// <summary>Rooms change within minutes, not seconds.</summary>
    private static readonly TimeSpan RoomDrift = TimeSpan.FromMinutes(20);

    private readonly ulong _seed;
    private readonly List<SimulatedDevice> _devices = [];
    private readonly List<string> _topics = [];

    public FleetSimulator(int devices, ulong seed)
    {
        _seed = seed;
        var hubs = 0;
        var children = 0;
        for (var n = 0; _devices.Count < devices; n++)
        {
            var kind = n % 5;
            if (kind < 4)
            {
                Add(Standalone(kind, n / 5 + 1));
                continue;
            }

            if (children++ % ChildrenPerHub == 0)
            {
                hubs++;
                Add(new SimulatedDevice(Name("hub", hubs), "product_d", $"Hub {hubs}", null, Site(hubs), true));
                if (_devices.Count == devices)
                    break;
            }

            Add(new SimulatedDevice(Name("sensor", children), "product_a", $"Sensor {children} of hub {hubs}", Name("hub", hubs), Site(hubs), true));
        }
    }

    public IReadOnlyList<SimulatedDevice> Devices => _devices;

    public int SourceCount => _devices.Count;

    public SimulatedMessage? Next(int source, DateTimeOffset at)
    {
        var wave = new Wave(_seed, source);
        var outdoor = 7 * Wave.Day(at);
        var temperature = 21 + 4 * wave.Trait(1) + 0.35 * outdoor + 1.5 * wave.Drift(2, at, RoomDrift) + 0.05 * wave.Jitter(3, at);
        // Warm air holds more water: the same moisture is a lower relative humidity.
        var humidity = Math.Clamp(48 + 12 * wave.Trait(4) - 1.8 * (temperature - 22) + 4 * wave.Drift(5, at, RoomDrift), 15, 95);
        var pressure = 1013.25 + 9 * new Wave(_seed, -1).Drift(6, at, TimeSpan.FromHours(9)) + 0.04 * wave.Jitter(7, at);
        return new SimulatedMessage(_topics[source], Payload(_devices[source].ProductId, temperature, humidity, pressure));
    }

    private static byte[] Payload(string product, double temperature, double humidity, double pressure)
    {
        var tenths = (short)Math.Round(temperature * 10);
        var percent = (byte)Math.Round(humidity);
        switch (product)
        {
            case "product_a":
                return [(byte)(tenths >> 8), (byte)tenths, percent];
            case "product_b":
                return HexText([0x00, 0x01, (byte)(tenths >> 8), (byte)tenths, 0x00, 0x02, percent]);
            case "product_c":
                Span<byte> frame = stackalloc byte[11];
                frame[0] = 0xAA;
                frame[1] = 1;
                BinaryPrimitives.WriteInt16BigEndian(frame[2..], tenths);
                frame[4] = percent;
                frame[5] = 0xAA;
                frame[6] = 2;
                BinaryPrimitives.WriteInt32BigEndian(frame[7..], (int)Math.Round(pressure * 100));
                return HexText(frame);
            default:
                return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"temp,hum\n{temperature:0.0},{humidity:0.0}\n"));
        }
    }

    private static byte[] HexText(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetBytes("0x" + Convert.ToHexString(bytes));

    private static SimulatedDevice Standalone(int kind, int number)
    {
        var letter = (char)('a' + kind);
        return new SimulatedDevice(
            Name($"climate-{letter}", number), $"product_{letter}", $"Climate sensor {char.ToUpperInvariant(letter)} {number}", null, Site(number), true);
    }

    private void Add(SimulatedDevice device)
    {
        _devices.Add(device);
        _topics.Add(device.HubId is null ? $"devices/{device.Id}/telemetry" : $"devices/{device.HubId}/child/{device.Id}/telemetry");
    }

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number:D3}");

    private static string Site(int number) => number % 2 == 1 ? "seoul-1" : "busan-1";
}

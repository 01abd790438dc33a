using System.Globalization;
using System.Text;

namespace Garam.Simulate.Plant;

/// <summary>
/// Machines on two sites, each tag a message of its own as a PLC gateway sends them
/// (<c>plc/{site}/{device}/{tag}</c>). All tags of a machine follow one load: three shifts, and it stands still for the
/// last five minutes of each.
/// </summary>
internal sealed class PlantSimulator : IPackSimulator
{
    private static readonly TimeSpan Shift = TimeSpan.FromHours(8);
    private static readonly TimeSpan Break = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LoadDrift = TimeSpan.FromMinutes(4);

    private readonly ulong _seed;
    private readonly List<SimulatedDevice> _devices = [];
    private readonly List<(int Device, int Number, PlantTag Tag)> _sources = [];

    public PlantSimulator(int devices, ulong seed)
    {
        _seed = seed;
        for (var n = 0; n < devices; n++)
        {
            var machine = PlantMachine.All[n % PlantMachine.All.Count];
            var number = n / PlantMachine.All.Count + 1;
            var id = string.Create(CultureInfo.InvariantCulture, $"{machine.Name}{number:D2}");
            _devices.Add(new SimulatedDevice(id, "plc-tag", $"{machine.Name} {number}", null, number % 2 == 1 ? "A1" : "B2", NeedsRegistration: false));
            _sources.AddRange(machine.Tags.Select((tag, place) => (n, place, tag)));
        }
    }

    public IReadOnlyList<SimulatedDevice> Devices => _devices;

    public int SourceCount => _sources.Count;

    public SimulatedMessage? Next(int source, DateTimeOffset at)
    {
        var (number, place, tag) = _sources[source];
        var device = _devices[number];
        var wave = new Wave(_seed, number);
        var load = Load(wave, at);
        var value = tag.Base * (1 - tag.LoadShare + tag.LoadShare * load) + tag.Noise * wave.Jitter(10 + place, at);
        var text = Math.Max(0, value).ToString($"F{tag.Decimals}", CultureInfo.InvariantCulture);
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return new SimulatedMessage(
            $"plc/{device.Site}/{device.Id}/{tag.Name}",
            Encoding.UTF8.GetBytes(
                $$"""{"ts":"{{time}}","site":"{{device.Site}}","line":"L1","device":"{{device.Id}}","tag":"{{tag.Name}}","value":{{text}},"unit":"{{tag.Unit}}"}"""));
    }

    private static double Load(Wave wave, DateTimeOffset at)
    {
        var intoShift = TimeSpan.FromTicks(at.UtcTicks % Shift.Ticks);
        var running = Shift - intoShift < Break ? 0.05 : 1;
        return running * Math.Clamp(0.82 + 0.1 * wave.Trait(1) + 0.1 * wave.Drift(2, at, LoadDrift), 0, 1.1);
    }
}

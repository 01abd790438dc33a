using System.Globalization;

namespace Garam.Simulate.Fire;

/// <summary>
/// Fire detectors in distribution boards. Load follows the day; the board is warmed by its load; the power is voltage times
/// current times power factor. What goes wrong is in <see cref="FireScript"/>.
/// </summary>
internal sealed class FireSimulator : IPackSimulator
{
    private static readonly TimeSpan LoadDrift = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FireProfile _profile;
    private readonly ulong _seed;
    private readonly DateTimeOffset _storyBegin;
    private readonly SimulatedDevice[] _devices;
    private readonly string[] _topics;

    /// <param name="storyBegin">When <see cref="FireProfile.Story"/> is at its beginning; by the clock when left out.</param>
    public FireSimulator(int devices, FireProfile profile, ulong seed, DateTimeOffset storyBegin = default)
    {
        _storyBegin = storyBegin;
        _profile = profile;
        _seed = seed;
        _devices = [.. Enumerable.Range(0, devices).Select(Device)];
        _topics = [.. _devices.Select(device => $"fire-prediction/device/{device.Id}/data")];
    }

    public IReadOnlyList<SimulatedDevice> Devices => _devices;

    public int SourceCount => _devices.Length;

    public SimulatedMessage? Next(int source, DateTimeOffset at)
    {
        var trouble = FireScript.At(_profile, source, at, _storyBegin);
        return trouble.IsSilent ? null : new SimulatedMessage(_topics[source], Record(source, at, trouble).ToJson());
    }

    private DiscreteRecord Record(int source, DateTimeOffset at, in FireTrouble trouble)
    {
        var wave = new Wave(_seed, source);
        var heat = trouble.Heat;
        var arcs = Arcs(wave, at, trouble.Arcs);
        var current = Math.Max(0.2,
            (6 + 22 * wave.Trait(1)) * (0.65 + 0.3 * Wave.Day(at) + 0.12 * wave.Drift(2, at, LoadDrift)) + 0.15 * wave.Jitter(3, at)
            + arcs * 1.8 + 6 * heat);
        var voltage = 221 - 2 * Wave.Day(at) + 1.5 * wave.Drift(4, at, LoadDrift) - 0.05 * current + 0.2 * wave.Jitter(5, at);
        var factor = Math.Clamp(0.955 + 0.02 * wave.Drift(6, at, LoadDrift) + 0.004 * wave.Jitter(7, at), 0, 1);
        var ambient = 24 + 3 * wave.Trait(8) + 4 * Wave.Day(at) + 0.8 * wave.Drift(9, at, LoadDrift);
        var resistive = 0.25 + 0.3 * wave.Trait(10) + 0.03 * wave.Jitter(11, at) + 10.5 * trouble.Leakage;

        var (volts, amperes, ratio) = (Math.Round(voltage, 1), Math.Round(current, 2), Math.Round(factor, 3));
        return new DiscreteRecord
        {
            DeviceId = _devices[source].Id,
            Index = at.ToUnixTimeSeconds() % 1_000_000,
            Voltage = volts,
            VoltageLow = Math.Round(volts - 2 - 1.2 * wave.Dice(12, at, Second) - Math.Min(18, arcs * 1.5), 1),
            Current = amperes,
            Leakage = Math.Round(resistive + 0.5 + 0.4 * wave.Trait(13) + 0.05 * wave.Jitter(14, at) + 3.5 * trouble.Leakage, 2),
            ResistiveLeakage = Math.Round(resistive, 2),
            Power = Math.Round(volts * amperes * ratio / 1_000, 3),
            BoardTemperature = Math.Round(ambient + 5 + 0.22 * (current - 6 * heat) + 0.1 * wave.Jitter(15, at) + 42 * heat, 1),
            SensorTemperature = Math.Round(ambient + 1.5 + 0.05 * current + 0.1 * wave.Jitter(16, at) + 36 * heat, 1),
            CarbonMonoxide = Math.Round(Math.Max(0, 1.6 + wave.Drift(17, at, LoadDrift) + 0.2 * wave.Jitter(18, at) + 46 * trouble.Smoke), 1),
            Voc = Math.Round(90 + 35 * wave.Drift(19, at, LoadDrift) + 3 * wave.Jitter(20, at) + 780 * trouble.Smoke),
            PowerFactor = ratio,
            Arcs = arcs,
            HasGasSensor = !trouble.IsGasSensorLost,
            CommunicationFailed = trouble.IsLinkLost,
        };
    }

    /// <summary>Arcs come in bursts of some seconds, not evenly.</summary>
    private static int Arcs(Wave wave, DateTimeOffset at, double trouble)
    {
        if (trouble <= 0 || wave.Dice(21, at, TimeSpan.FromSeconds(4)) < 0.35)
            return 0;
        return (int)Math.Ceiling(trouble * 11 * wave.Dice(22, at, Second));
    }

    private static SimulatedDevice Device(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"fire-{number + 1:D3}"),
        "fire-detector",
        $"Fire detector {number + 1}",
        null,
        string.Create(CultureInfo.InvariantCulture, $"market-{number / FireScript.DetectorsPerSite + 1}"),
        NeedsRegistration: false,
        NeedsSite: true);
}

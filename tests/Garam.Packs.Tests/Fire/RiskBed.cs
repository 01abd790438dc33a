using Garam.Expressions;
using Garam.Packs.Fire.Risk;
using Garam.Platform.Detection;

namespace Garam.Packs.Tests.Fire;

/// <summary>The derivation of one device, by the names of its metrics.</summary>
internal sealed class RiskBed
{
    public const long StartUs = 1_772_000_000_000_000;

    private readonly FireDerivation _derivation = new();
    private readonly IDerivationState _state;
    private readonly Value[] _outputs;

    public RiskBed()
    {
        _state = _derivation.NewState();
        _outputs = new Value[_derivation.Outputs.Count];
    }

    /// <summary>A record of the document's unit tests, in the parser's names.</summary>
    public static Dictionary<string, double> Normal => new()
    {
        ["status_bits"] = 0, ["voltage"] = 220, ["voltage_low"] = 220, ["current"] = 5, ["leakage_current"] = 0.5, ["resistive_leakage"] = 0.3, ["power"] = 1.1,
        ["pcb_temperature"] = 35, ["sensor_temperature"] = 37, ["co_gas"] = 5, ["voc"] = 50, ["power_factor"] = 0.95, ["arc_count"] = 0,
    };

    public static Dictionary<string, double> NormalWith(params (string Metric, double Value)[] changes)
    {
        var record = Normal;
        foreach (var (metric, value) in changes)
            record[metric] = value;
        return record;
    }

    /// <summary>Takes a reading and gives what was derived; missing metrics are absent.</summary>
    public Dictionary<string, Value> Derive(long timeUs, IReadOnlyDictionary<string, double> record)
    {
        Array.Clear(_outputs);
        _state.Derive(timeUs, InputsOf(record), _outputs);
        return _derivation.Outputs.Zip(_outputs).Where(pair => !pair.Second.IsMissing).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    public void Remember(long timeUs, IReadOnlyDictionary<string, double> record) => _state.Remember(timeUs, InputsOf(record), _outputs);

    public Value[] InputsOf(IReadOnlyDictionary<string, double> record) =>
        [.. _derivation.Inputs.Select(name => record.TryGetValue(name, out var value) ? Value.Of(value) : Value.Missing)];

    /// <summary>Bytes that one thread allocates for many readings of a device it knows.</summary>
    public long Allocated(int readings)
    {
        var inputs = InputsOf(Normal);
        Run(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(readings);
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Run(int count)
        {
            for (var i = 0; i < count; i++)
                _state.Derive(StartUs + (i * 1_000_000L), inputs, _outputs);
        }
    }
}

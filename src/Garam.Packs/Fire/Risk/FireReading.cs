namespace Garam.Packs.Fire.Risk;

/// <summary>A Discrete record as the document's parser names it; NaN where the device sent nothing. The status is −1 when it is missing.</summary>
internal readonly record struct FireReading
{
    /// <summary>From here on the status means that the device cannot reach its sensors.</summary>
    public const long CommunicationErrorFrom = 4096;

    public FireReading()
    {
    }

    public long Status { get; init; } = -1;

    /// <summary>What the device says the status should be; −1 when it says nothing.</summary>
    public long VerifyStatus { get; init; } = -1;

    /// <summary>Volts.</summary>
    public double Voltage { get; init; } = double.NaN;

    public double VoltageLow { get; init; } = double.NaN;

    /// <summary>Amperes.</summary>
    public double Current { get; init; } = double.NaN;

    /// <summary>Milliamperes.</summary>
    public double Leakage { get; init; } = double.NaN;

    public double ResistiveLeakage { get; init; } = double.NaN;

    /// <summary>As sent: kilowatts.</summary>
    public double Power { get; init; } = double.NaN;

    /// <summary>Degrees Celsius, of the circuit board.</summary>
    public double BoardTemperature { get; init; } = double.NaN;

    public double SensorTemperature { get; init; } = double.NaN;

    /// <summary>Carbon monoxide, ppm.</summary>
    public double CarbonMonoxide { get; init; } = double.NaN;

    /// <summary>Micrograms a cubic metre.</summary>
    public double Voc { get; init; } = double.NaN;

    /// <summary>0 to 1.</summary>
    public double PowerFactor { get; init; } = double.NaN;

    public double Arcs { get; init; } = double.NaN;

    public bool HasStatus => Status >= 0;

    public bool IsCommunicationError => Status >= CommunicationErrorFrom;

    /// <summary>How many of the twelve alarms are set.</summary>
    public int AlarmCount => HasStatus ? System.Numerics.BitOperations.PopCount((ulong)(Status & (long)FireStatus.Alarms)) : 0;

    /// <summary>The hotter of the two temperatures, or the one that is there: a lost sensor must not hide a fire.</summary>
    public double Temperature => double.IsNaN(BoardTemperature) ? SensorTemperature
        : double.IsNaN(SensorTemperature) ? BoardTemperature
        : Math.Max(BoardTemperature, SensorTemperature);

    /// <summary>Of the measurements a score is made of, how many are missing.</summary>
    public int MissingInputs
    {
        get
        {
            var missing = HasStatus ? 0 : 1;
            ReadOnlySpan<double> measured =
            [
                Voltage, VoltageLow, Current, Leakage, ResistiveLeakage, Power, BoardTemperature, SensorTemperature, CarbonMonoxide, Voc, PowerFactor, Arcs,
            ];
            foreach (var value in measured)
                missing += double.IsNaN(value) ? 1 : 0;
            return missing;
        }
    }

    public bool Has(FireStatus alarm) => HasStatus && (Status & (long)alarm) != 0;
}

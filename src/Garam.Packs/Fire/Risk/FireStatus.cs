namespace Garam.Packs.Fire.Risk;

/// <summary>The status bits of the Discrete record, in the document's order.</summary>
[Flags]
internal enum FireStatus : long
{
    None = 0,
    Overvoltage = 1 << 0,
    PowerOutage = 1 << 1,
    Overcurrent = 1 << 2,
    TotalLeakage = 1 << 3,
    ResistiveLeakage = 1 << 4,
    PowerAnomaly = 1 << 5,
    BoardTemperature = 1 << 6,
    SensorTemperature = 1 << 7,
    CarbonMonoxide = 1 << 8,
    Voc = 1 << 9,
    PowerFactor = 1 << 10,
    Arc = 1 << 11,

    /// <summary>The twelve alarms.</summary>
    Alarms = (1 << 12) - 1,
}

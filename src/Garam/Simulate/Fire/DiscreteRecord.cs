using System.Globalization;
using System.Text;

namespace Garam.Simulate.Fire;

/// <summary>
/// The Discrete record of the fire document, under the names that the device sends. Values are rounded as they are sent, and
/// <see cref="Status"/> is judged from the rounded ones, so that bits and values never contradict each other.
/// </summary>
internal sealed record DiscreteRecord
{
    public required string DeviceId { get; init; }

    public required long Index { get; init; }

    /// <summary>Volts, effective; overvoltage above 234.</summary>
    public required double Voltage { get; init; }

    /// <summary>The lowest voltage of the interval.</summary>
    public required double VoltageLow { get; init; }

    /// <summary>Amperes; overcurrent above 100.</summary>
    public required double Current { get; init; }

    /// <summary>Milliamperes in all; leakage above 8.</summary>
    public required double Leakage { get; init; }

    /// <summary>Milliamperes of it that heat; leakage above 8.</summary>
    public required double ResistiveLeakage { get; init; }

    /// <summary>Kilowatts: voltage times current times power factor.</summary>
    public required double Power { get; init; }

    /// <summary>Degrees Celsius at the board; an alarm above 60.</summary>
    public required double BoardTemperature { get; init; }

    /// <summary>Degrees Celsius at the sensor; an alarm above 60.</summary>
    public required double SensorTemperature { get; init; }

    /// <summary>Parts per million; an alarm above 17.</summary>
    public required double CarbonMonoxide { get; init; }

    /// <summary>Micrograms a cubic metre; an alarm above 400.</summary>
    public required double Voc { get; init; }

    /// <summary>0 to 1; an alarm below 0.9.</summary>
    public required double PowerFactor { get; init; }

    /// <summary>Arcs counted in the interval.</summary>
    public required int Arcs { get; init; }

    /// <summary>Whether its gas sensor answers; without it the message has neither <c>co</c> nor <c>voc</c>.</summary>
    public bool HasGasSensor { get; init; } = true;

    public required bool CommunicationFailed { get; init; }

    public FireStatus Status =>
        Bit(Voltage > 234, FireStatus.Overvoltage)
        | Bit(Voltage < 10, FireStatus.PowerOutage)
        | Bit(Current > 100, FireStatus.Overcurrent)
        | Bit(Leakage > 8, FireStatus.TotalLeakage)
        | Bit(ResistiveLeakage > 8, FireStatus.ResistiveLeakage)
        | Bit(Math.Abs(Voltage * Current * PowerFactor - Power * 1_000) > 0.2 * Voltage * Current * PowerFactor + 1, FireStatus.PowerAnomaly)
        | Bit(BoardTemperature > 60, FireStatus.BoardTemperature)
        | Bit(SensorTemperature > 60, FireStatus.SensorTemperature)
        | Bit(HasGasSensor && CarbonMonoxide > 17, FireStatus.CarbonMonoxide)
        | Bit(HasGasSensor && Voc > 400, FireStatus.Voc)
        | Bit(PowerFactor < 0.9, FireStatus.PowerFactor)
        | Bit(Arcs > 0, FireStatus.Arc)
        | Bit(CommunicationFailed, FireStatus.CommunicationError);

    public byte[] ToJson()
    {
        var status = (int)Status;
        var gas = HasGasSensor ? string.Create(CultureInfo.InvariantCulture, $"\"co\":{CarbonMonoxide:0.0},\"voc\":{Voc:0},") : "";
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""{"deviceId":"{{DeviceId}}","idx":{{Index}},"status":{{status}},"verifySts":{{status}},"volt":{{Voltage:0.0}},"voltLow":{{VoltageLow:0.0}},"ct":{{Current:0.00}},"zct":{{Leakage:0.00}},"rzct":{{ResistiveLeakage:0.00}},"pwr":{{Power:0.000}},"pcbTemp":{{BoardTemperature:0.0}},"sensorTemp":{{SensorTemperature:0.0}},{{gas}}"pFct":{{PowerFactor:0.000}},"aArc":{{Arcs}}}"""));
    }

    private static FireStatus Bit(bool set, FireStatus bit) => set ? bit : FireStatus.None;
}

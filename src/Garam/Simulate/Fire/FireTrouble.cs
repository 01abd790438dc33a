namespace Garam.Simulate.Fire;

/// <summary>What is wrong with a detector at a moment, each from 0 (nothing) to 1.</summary>
/// <param name="Heat">A loose contact heats board and sensor, up to 42 °C.</param>
/// <param name="Arcs">Up to 11 arcs an interval, in bursts, with current spikes and voltage dips.</param>
/// <param name="Leakage">Insulation fails: up to 14 mA, most of it resistive.</param>
/// <param name="Smoke">Smouldering: up to 46 ppm of carbon monoxide and 780 µg/m³ of VOC.</param>
/// <param name="IsGasSensorLost">Its messages come without the measurements of the gas sensor.</param>
/// <param name="IsLinkLost">The device reports a failed link to its sensors (status from 4096).</param>
/// <param name="IsSilent">It sends nothing.</param>
internal readonly record struct FireTrouble(
    double Heat = 0, double Arcs = 0, double Leakage = 0, double Smoke = 0, bool IsGasSensorLost = false, bool IsLinkLost = false, bool IsSilent = false);

namespace Garam.Platform.Detection;

/// <summary>What detection keeps in memory.</summary>
/// <param name="Devices">Devices that rules or derivations look at.</param>
/// <param name="WindowBytes">Bytes of their windows, estimated from the sizes of their parts.</param>
/// <param name="LateReadings">Readings that came too late to count in a window since the program started.</param>
public sealed record DetectionFigures(int Devices, long WindowBytes, long LateReadings);

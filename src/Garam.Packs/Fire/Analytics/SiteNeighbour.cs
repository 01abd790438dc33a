namespace Garam.Packs.Fire.Analytics;

/// <summary>Another device of the same site.</summary>
/// <param name="TemperatureCorrelation">Of the last hour's minutes, −1 to 1; NaN with fewer than 3 minutes in common or without any movement.</param>
/// <param name="Temperature">Newest, °C.</param>
/// <param name="Risk">Newest final risk.</param>
internal sealed record SiteNeighbour(string DeviceId, double Temperature, double Risk, double TemperatureCorrelation, double RiskCorrelation);

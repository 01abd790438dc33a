namespace Garam.Simulate.Plant;

/// <summary>A measured value of a machine.</summary>
/// <param name="Name">As in the topic.</param>
/// <param name="Unit">As in the message.</param>
/// <param name="Base">Its usual value at full load.</param>
/// <param name="LoadShare">How much of the base follows the load, 0 to 1.</param>
/// <param name="Noise">Half the width of its noise.</param>
/// <param name="Decimals">Digits after the point.</param>
internal sealed record PlantTag(string Name, string Unit, double Base, double LoadShare, double Noise, int Decimals);

namespace Garam.Platform.Rules;

/// <summary>What one arm of a trial did.</summary>
/// <param name="Arm"><c>a</c> is the live version, <c>b</c> the one on trial.</param>
/// <param name="Devices">Devices of the product that it judges.</param>
/// <param name="Raised">Alarms it raised since the trial began.</param>
/// <param name="Confirmed">Of these, how many people said were right.</param>
/// <param name="Dismissed">Of these, how many people said were false.</param>
/// <param name="Precision">Confirmed among those people said something of; null while nobody did.</param>
public sealed record TrialArm(string Arm, int Version, int Devices, long Raised, long Confirmed, long Dismissed, double? Precision);

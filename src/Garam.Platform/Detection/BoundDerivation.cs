namespace Garam.Platform.Detection;

/// <summary>A derivation and the slots of what it reads and makes.</summary>
internal sealed record BoundDerivation(IMetricDerivation Derivation, int[] Inputs, int[] Outputs);

namespace Garam.Decoding.Hex;

/// <summary>A compiled key: the length of its value (-1: by prefix or all that is left) and the steps that read it.</summary>
internal sealed record KeyPlan(int ValueLength, bool OwnReading, HexStep[] Steps);

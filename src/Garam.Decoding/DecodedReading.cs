namespace Garam.Decoding;

/// <summary>One reading of a payload: a time and a range of <see cref="DecodeOutput.Values"/>.</summary>
/// <param name="DeviceTimeUs">The device's own time of measurement, microseconds since 1970 UTC; <see cref="NoTime"/> when the payload names none.</param>
/// <param name="HubTimeUs">The hub's time, microseconds since 1970 UTC; <see cref="NoTime"/> when the payload names none.</param>
/// <param name="Flags">Quality marks.</param>
/// <param name="FirstValue">Index of the reading's first value.</param>
/// <param name="ValueCount">How many values it has, each of another metric.</param>
/// <param name="FirstViolation">Index of the reading's first entry in <see cref="DecodeOutput.Violations"/>.</param>
/// <param name="ViolationCount">How many entries it has there.</param>
public readonly record struct DecodedReading(
    long DeviceTimeUs, long HubTimeUs, ReadingFlags Flags, int FirstValue, int ValueCount, int FirstViolation, int ViolationCount)
{
    /// <summary>The mark of an absent time.</summary>
    public const long NoTime = long.MinValue;

    /// <summary>Whether the payload gave the device's time.</summary>
    public bool HasDeviceTime => DeviceTimeUs != NoTime;

    /// <summary>Whether the payload gave the hub's time.</summary>
    public bool HasHubTime => HubTimeUs != NoTime;
}

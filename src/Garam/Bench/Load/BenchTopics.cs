using System.Globalization;

namespace Garam.Bench.Load;

/// <summary>The names under which the load generator's devices send.</summary>
internal static class BenchTopics
{
    /// <summary>Matches what every device of a run sends.</summary>
    public const string Filter = "devices/+/telemetry";

    /// <summary>The id of the device with this number; always the same length, so that packets are.</summary>
    public static string DeviceId(int device) => string.Create(CultureInfo.InvariantCulture, $"bench-{device:D6}");

    public static string Telemetry(int device) => $"devices/{DeviceId(device)}/telemetry";
}

namespace Garam.Bench.Windows;

/// <summary>What `bench windows` found.</summary>
/// <param name="Devices">Devices, each with its own windows.</param>
/// <param name="Windows">Windows of each device.</param>
/// <param name="Samples">Samples that each window holds.</param>
/// <param name="HeapBytes">What the windows of all devices take of the managed heap.</param>
/// <param name="EstimatedBytes">What they say they take: the sum that <c>garam_detection_window_bytes</c> shows of a running node.</param>
/// <param name="NanosecondsPerReading">Taking one reading into all windows of a device, device after device as on a node.</param>
/// <param name="ReadNanoseconds">Taking a sample and reading three functions of one window, by how many samples it holds.</param>
internal sealed record WindowsReport(
    int Devices, int Windows, int Samples, long HeapBytes, long EstimatedBytes, double NanosecondsPerReading, IReadOnlyDictionary<int, double> ReadNanoseconds)
{
    public double BytesPerWindow => (double)HeapBytes / Devices / Windows;
}

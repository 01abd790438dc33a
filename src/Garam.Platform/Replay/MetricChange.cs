namespace Garam.Platform.Replay;

/// <summary>How a metric of a device changes.</summary>
/// <param name="Examples">A few of the changes, oldest first.</param>
public sealed record MetricChange(string DeviceId, string Metric, long Added, long Changed, long Removed, IReadOnlyList<ChangeExample> Examples)
{
    public long Total => Added + Changed + Removed;
}

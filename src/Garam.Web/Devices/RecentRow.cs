namespace Garam.Web.Devices;

/// <summary>One moment of a device: a value a metric, NaN where it brought none.</summary>
public sealed record RecentRow(long TimeUs, double[] Values, bool[] Suspects);

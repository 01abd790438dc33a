namespace Garam.Web.Devices;

/// <summary>A line of the chart, with the limits of its plausible range.</summary>
public sealed record ChartMetric(string Name, string Label, string Unit, double? Min, double? Max);

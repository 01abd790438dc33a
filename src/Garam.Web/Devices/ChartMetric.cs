namespace Garam.Web.Devices;

/// <summary>A line of the chart, with its limits: those of rules, else those of the spec's plausible range.</summary>
public sealed record ChartMetric(string Name, string Label, string Unit, double? Min, double? Max);

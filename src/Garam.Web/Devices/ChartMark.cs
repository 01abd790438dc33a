namespace Garam.Web.Devices;

/// <summary>An alarm on the time axis.</summary>
public sealed record ChartMark(double AtMs, string Shape, string Severity, string Label);

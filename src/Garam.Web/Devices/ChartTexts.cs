namespace Garam.Web.Devices;

/// <summary>The words that the chart's script needs.</summary>
public sealed record ChartTexts(string Limit, string NoData, string Failed);

using System.Text.Json;

namespace Garam.Web.Devices;

/// <summary>What the chart's script is told; it fetches the points itself.</summary>
/// <param name="Follows">Whether the right end is now.</param>
public sealed record ChartRequest(
    string Device, double FromMs, double ToMs, bool Follows, IReadOnlyList<ChartMetric> Metrics, ChartTexts Texts)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

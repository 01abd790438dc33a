namespace Garam.Decoding.Tests;

/// <summary>One reading's figures by name.</summary>
internal sealed record Figures(IReadOnlyDictionary<string, object> Metrics, string? DeviceTime, string? HubTime, IReadOnlyList<string> Violations)
{
    public object this[string metric] => Metrics.TryGetValue(metric, out var value) ? value : throw new KeyNotFoundException($"{metric} is not in {string.Join(", ", Metrics.Keys)}");
}

using System.Text.Json.Serialization;

namespace Garam.Platform.Devices;

/// <summary>A device as REST takes it. What is left out stays as it is; an empty text, and the period 0, take it away.</summary>
public sealed record DeviceBody
{
    [JsonPropertyName("productId")]
    public string? ProductId { get; init; }

    [JsonPropertyName("model")]
    public string? Model { get; init; }

    [JsonPropertyName("title")]
    public string? Title { get; init; }

    [JsonPropertyName("siteId")]
    public string? SiteId { get; init; }

    [JsonPropertyName("hubId")]
    public string? HubId { get; init; }

    [JsonPropertyName("tags")]
    public Dictionary<string, string>? Tags { get; init; }

    [JsonPropertyName("expectedPeriodMs")]
    public long? ExpectedPeriodMs { get; init; }

    /// <summary>True: its credentials and messages are refused from now on.</summary>
    [JsonPropertyName("disabled")]
    public bool? Disabled { get; init; }

    /// <summary>What is wrong with it; empty when nothing.</summary>
    public string Problem()
    {
        foreach (var (name, value) in new[] { ("productId", ProductId), ("model", Model), ("siteId", SiteId), ("hubId", HubId) })
        {
            if (value is { Length: > 128 })
                return $"{name} has more than 128 characters.";
        }

        if (Title is { Length: > 256 })
            return "title has more than 256 characters.";
        if (Tags is { Count: > 64 })
            return "tags holds more than 64 entries.";
        if (Tags?.FirstOrDefault(t => t.Key.Length is 0 or > 64 || t.Value is null or { Length: > 256 }) is { Key: not null } tag)
            return $"tags: '{tag.Key}' must have 1 to 64 characters and a text of at most 256.";
        return ExpectedPeriodMs is < 0 or > 31_536_000_000 ? "expectedPeriodMs must be 1 to a year, or 0 for the product's." : "";
    }

    /// <summary>What it changes, for the audit trail.</summary>
    public string Told() => string.Join(", ", new[]
    {
        ("product", ProductId), ("model", Model), ("title", Title), ("site", SiteId), ("hub", HubId),
        ("tags", Tags is null ? null : string.Join(' ', Tags.Select(t => $"{t.Key}={t.Value}"))),
        ("period", ExpectedPeriodMs?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("disabled", Disabled is { } disabled ? disabled ? "yes" : "no" : null),
    }.Where(change => change.Item2 is not null).Select(change => $"{change.Item1} {change.Item2}"));

    /// <summary>The device with these changes.</summary>
    /// <param name="nowUs">Unix microseconds.</param>
    public Device ApplyTo(Device device, long nowUs) => device with
    {
        ProductId = Of(ProductId, device.ProductId),
        Model = Of(Model, device.Model),
        Title = Of(Title, device.Title),
        SiteId = Of(SiteId, device.SiteId),
        HubId = Of(HubId, device.HubId),
        Tags = Tags ?? device.Tags,
        DisabledUs = Disabled is null ? device.DisabledUs : Disabled.Value ? device.DisabledUs ?? nowUs : null,
        ExpectedPeriodMs = ExpectedPeriodMs is 0 ? null : ExpectedPeriodMs ?? device.ExpectedPeriodMs,
    };

    private static string? Of(string? text, string? present) => text is null ? present : text.Length == 0 ? null : text;
}

using System.Text.Json.Serialization;
using Garam.Platform.Packs;
using Garam.Platform.Rest;

namespace Garam.Platform.Devices;

/// <summary>A device as REST shows it.</summary>
public sealed record DeviceView(
    [property: JsonPropertyName("device_id")] string DeviceId,
    string? ProductId,
    string? Model,
    string? Title,
    string? SiteId,
    string? CustomerId,
    string? HubId,
    IReadOnlyDictionary<string, string> Tags,
    long? ExpectedPeriodMs,
    string Status,
    string? LastSeen,
    string? DisabledSince,
    bool HasToken,
    string RegisteredAt,
    string UpdatedAt)
{
    public static DeviceView Of(DeviceEntry entry, DeviceRegistry registry, PackSet packs, TimeProvider time)
    {
        var device = entry.Current;
        var period = device.ExpectedPeriodMs;
        if (period is null && device.ProductId is not null && packs.TryGetProduct(device.ProductId, out var product) && product.Spec.ExpectedPeriod is { } expected)
            period = (long)expected.TotalMilliseconds;
        return new DeviceView(
            device.Id.Value, device.ProductId, device.Model, device.Title, device.SiteId, registry.FindSite(device.SiteId)?.CustomerId, device.HubId,
            device.Tags, period, device.IsDisabled ? DeviceStatus.Disabled : DeviceStatus.At(TimeParameter.ToUs(time.GetUtcNow()), entry.LastSeenUs, period),
            entry.LastSeenUs == 0 ? null : TimeParameter.Format(entry.LastSeenUs),
            device.DisabledUs is { } disabledUs ? TimeParameter.Format(disabledUs) : null, device.CredentialHash is not null,
            TimeParameter.Format(device.RegisteredUs), TimeParameter.Format(device.UpdatedUs));
    }
}

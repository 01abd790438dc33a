using Garam.Platform.Devices;

namespace Garam.Platform.Detection;

/// <summary>What rules may know of a device besides its readings.</summary>
public sealed record DeviceFacts(
    string DeviceId, string? Title, string? Site, string? Customer, string? Hub, IReadOnlyDictionary<string, string> Tags)
{
    internal static DeviceFacts Of(Device device, DeviceRegistry registry) => new(
        device.Id.Value, device.Title, device.SiteId, registry.FindSite(device.SiteId)?.CustomerId, device.HubId, device.Tags);
}

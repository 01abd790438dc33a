using Garam.Platform.Alarms;
using Garam.Platform.Devices;
using Garam.Platform.Packs;

namespace Garam.Web.Fleet;

/// <summary>A device as lists see it: cheap to make, so that thousands can be counted and sorted.</summary>
/// <param name="Product">Null when no pack describes it.</param>
/// <param name="Site">Its site's id, or its tag <c>site</c>; empty when it has none.</param>
public sealed record FleetDevice(DeviceEntry Entry, Product? Product, string Site, Condition Condition)
{
    private const string SiteTag = "site";

    /// <summary>The registration as it was when this was made: two of one device differ when it has changed in between.</summary>
    public Device Device { get; } = Entry.Current;

    public string Id => Device.Id.Value;

    public string Title => string.IsNullOrWhiteSpace(Device.Title) ? Id : Device.Title;

    public string Pack => Product?.Pack ?? "";

    public long LastSeenUs => Entry.LastSeenUs;

    /// <summary>Its worst open alarm; null when there is none.</summary>
    public Alarm? Alarm { get; init; }

    /// <summary>Whether it has been heard lately, whatever its alarms say.</summary>
    public bool IsConnected { get; init; }

    public static string SiteOf(Device device) => device.SiteId ?? device.Tags.GetValueOrDefault(SiteTag, "");

    /// <summary>Tags that people gave it, without the one that is shown as its place.</summary>
    public IEnumerable<string> Tags => Device.Tags.Where(t => t.Key != SiteTag).Select(t => t.Value is "true" or "" ? t.Key : t.Value);
}

using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Web.Fleet;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Manage;

/// <summary>The registered devices that the reader sees, in order of their ids.</summary>
public sealed partial class DevicesPage
{
    private const int PageSize = 100;

    /// <summary>Choices a list offers; beyond that, searching is quicker than choosing.</summary>
    private const int ChoicesMax = 200;

    private IReadOnlyList<FleetDevice> _shown = [];
    private IReadOnlyList<string> _products = [];
    private IReadOnlyList<string> _sites = [];
    private IReadOnlyList<string> _customers = [];
    private int _count;
    private string? _next;
    private bool _mayChange;

    [Parameter, EditorRequired]
    public DevicesQuery Query { get; set; } = null!;

    /// <summary>What the reader's last order did; null when there was none.</summary>
    [Parameter]
    public string? Done { get; set; }

    [Inject]
    internal FleetView Fleet { get; set; } = null!;

    [Inject]
    internal DeviceRegistry Registry { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _mayChange = Visit.May(Role.Administrator) && Visit.Scope.IsEverything;
        var all = Fleet.All(Visit.Scope).ToList();
        var found = all.Where(d => Query.Takes(d.Device, CustomerOf(d))).OrderBy(d => d.Id, StringComparer.Ordinal).ToList();
        _count = found.Count;
        _shown = [.. found.Take(PageSize)];
        _next = found.Count > PageSize ? _shown[^1].Id : null;
        _products = Choices(all.Select(d => d.Device.ProductId));
        _sites = Choices(all.Select(d => d.Device.SiteId));
        _customers = Choices(Registry.Customers.Select(c => c.Id));
    }

    private string? CustomerOf(FleetDevice device) => Registry.FindSite(device.Device.SiteId)?.CustomerId;

    private string CustomerTitle(string id) => Registry.Customers.FirstOrDefault(c => c.Id == id)?.Title is { Length: > 0 } title ? title : id;

    private static List<string> Choices(IEnumerable<string?> values) =>
        [.. values.OfType<string>().Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(ChoicesMax)];
}

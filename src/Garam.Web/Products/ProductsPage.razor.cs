using Garam.Decoding.Specs;
using Garam.Platform.Devices;
using Garam.Platform.Packs;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Products;

/// <summary>The products in force, and what is wrong in files that are not.</summary>
public sealed partial class ProductsPage
{
    private IReadOnlyList<Product> _all = [];
    private IReadOnlyList<Product> _shown = [];
    private IReadOnlyList<SpecProblem> _problems = [];
    private Dictionary<string, int> _devices = [];

    /// <summary>Only those of this pack; empty shows all.</summary>
    [Parameter]
    public string Pack { get; set; } = "";

    [Inject]
    internal PackCatalog Packs { get; set; } = null!;

    [Inject]
    internal DeviceRegistry Registry { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _all = [.. Packs.Current.Products.OrderBy(p => p.Id, StringComparer.Ordinal)];
        _shown = [.. _all.Where(p => Pack.Length == 0 || p.Pack == Pack)];
        _problems = [.. Packs.Current.ProductProblems];
        _devices = Registry.Devices.Select(d => d.Current.ProductId).OfType<string>().CountBy(id => id, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }
}

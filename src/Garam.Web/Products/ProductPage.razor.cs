using Garam.Decoding.Specs;
using Garam.Platform.Devices;
using Garam.Platform.Packs;
using Garam.Platform.Rules;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Products;

/// <summary>A product's spec: its text, what it means, and payloads to try it with.</summary>
public sealed partial class ProductPage
{
    private string _title = "";
    private int _devices;
    private IReadOnlyCollection<string> _models = [];
    private IReadOnlyList<string> _rulesets = [];

    [Parameter, EditorRequired]
    public ProductDraft Draft { get; set; } = null!;

    [Inject]
    internal PackCatalog Packs { get; set; } = null!;

    [Inject]
    internal RulesetCatalog Rulesets { get; set; } = null!;

    [Inject]
    internal DeviceRegistry Registry { get; set; } = null!;

    private bool HasFormer => Draft.Saved is { Pack: PackFolder.Local } saved && Packs.FormerText(saved.Id) is not null;

    private string Example => (Draft.Spec ?? Draft.Saved?.Spec)?.Format switch
    {
        SpecFormat.Json => """{"temperature": 21.5}""",
        SpecFormat.Csv => "time,temperature",
        _ => "0x00FF3C",
    };

    protected override void OnParametersSet()
    {
        _title = Draft.Saved is { } saved ? Visit.Choose(saved.Spec.Titles) ?? saved.Id : Visit["product.new"];
        _models = (Draft.Spec ?? Draft.Saved?.Spec)?.ModelNames ?? [];
        _devices = Registry.Devices.Count(d => d.Current.ProductId == Draft.Saved?.Id);
        _rulesets = Draft.Saved is null ? [] : [.. Rulesets.Current.For(Draft.Saved.Id).Select(r => r.Definition.Id)];
    }
}

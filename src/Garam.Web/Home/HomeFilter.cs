using System.Globalization;
using Garam.Web.Fleet;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Home;

/// <summary>Which devices Home shows; all of it stands in the address.</summary>
/// <param name="Text">Must occur in id, title, site or a tag.</param>
/// <param name="Shown">Cards on the page.</param>
/// <param name="From">Cards that the reader's page has already; 0 for a page of its own.</param>
public sealed record HomeFilter(string Text, Condition? Condition, string Pack, string Site, string Product, IReadOnlyList<string> Tags, int Shown, int From)
{
    public const int Page = 60;

    private const int ShownMax = 10_000;
    private const int TextMax = 100;
    private const int TagsMax = 10;

    public bool IsEmpty => Text.Length == 0 && Condition is null && Pack.Length == 0 && Site.Length == 0 && Product.Length == 0 && Tags.Count == 0;

    public static HomeFilter Of(IQueryCollection query)
    {
        var shown = Number(query, "shown") is var asked and > 0 ? Math.Min(asked, ShownMax) : Page;
        return new HomeFilter(
            AddressText.Read(query["q"], TextMax), ConditionSign.Parse(query["state"]), AddressText.Read(query["pack"], TextMax), AddressText.Read(query["site"], TextMax), AddressText.Read(query["product"], TextMax),
            [.. query["tag"].OfType<string>().Where(t => t.Length is > 0 and <= TextMax).Distinct(StringComparer.Ordinal).Take(TagsMax)],
            shown, Math.Clamp(Number(query, "from"), 0, shown));
    }

    public bool Takes(FleetDevice device) => (Condition is null || device.Condition == Condition) && TakesApartFromCondition(device);

    /// <summary>For the counts of the conditions: how many there would be of each.</summary>
    public bool TakesApartFromCondition(FleetDevice device) =>
        (Pack.Length == 0 || device.Pack == Pack) && (Site.Length == 0 || device.Site == Site) && (Product.Length == 0 || device.Device.ProductId == Product)
        && Tags.All(tag => device.Device.Tags.Any(t => t.Key == tag || t.Value == tag)) && (Text.Length == 0 || Mentions(device));

    /// <summary>The address of Home with this filter; what is usual is left out.</summary>
    public string Address()
    {
        var address = new AddressText("/")
            .Add("q", Text).Add("state", Condition is { } condition ? ConditionSign.Name(condition) : null).Add("pack", Pack).Add("site", Site).Add("product", Product);
        foreach (var tag in Tags)
            address.Add("tag", tag);
        return address
            .Add("shown", Shown == Page ? null : Shown.ToString(CultureInfo.InvariantCulture)).Add("from", From == 0 ? null : From.ToString(CultureInfo.InvariantCulture))
            .ToString();
    }

    private bool Mentions(FleetDevice device) =>
        Has(device.Id) || Has(device.Title) || Has(device.Site) || Has(device.Device.ProductId) || device.Device.Tags.Any(t => Has(t.Value) || Has(t.Key));

    private bool Has(string? text) => text?.Contains(Text, StringComparison.OrdinalIgnoreCase) ?? false;

    private static int Number(IQueryCollection query, string name) =>
        int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

using Garam.Platform.Devices;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Manage;

/// <summary>Which registered devices are listed; all of it stands in the address.</summary>
/// <param name="Text">Must occur in id, title or a tag.</param>
/// <param name="After">Only ids behind this one: where the page before ended.</param>
public sealed record DevicesQuery(string Text, string Product, string Site, string Customer, string After)
{
    private const int TextMax = 256;

    public bool IsEmpty => Text.Length == 0 && Product.Length == 0 && Site.Length == 0 && Customer.Length == 0;

    internal static DevicesQuery Of(IQueryCollection query) =>
        new(AddressText.Read(query["q"], TextMax), AddressText.Read(query["product"], TextMax), AddressText.Read(query["site"], TextMax), AddressText.Read(query["customer"], TextMax), AddressText.Read(query["after"], TextMax));

    /// <param name="customer">The customer of the device's site.</param>
    public bool Takes(Device device, string? customer) =>
        (Product.Length == 0 || device.ProductId == Product) && (Site.Length == 0 || device.SiteId == Site)
        && (Customer.Length == 0 || customer == Customer) && (Text.Length == 0 || Mentions(device))
        && (After.Length == 0 || string.CompareOrdinal(device.Id.Value, After) > 0);

    public string Address() => Under(ManageAddress.Devices);

    /// <summary>The same devices, all of them, as a file.</summary>
    public string SheetAddress() => (this with { After = "" }).Under(ManageAddress.Sheet);

    private string Under(string path) => new AddressText(path)
        .Add("q", Text).Add("product", Product).Add("site", Site).Add("customer", Customer).Add("after", After).ToString();

    private bool Mentions(Device device) => Has(device.Id.Value) || Has(device.Title) || device.Tags.Any(t => Has(t.Key) || Has(t.Value));

    private bool Has(string? text) => text?.Contains(Text, StringComparison.OrdinalIgnoreCase) ?? false;
}

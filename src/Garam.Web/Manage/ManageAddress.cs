namespace Garam.Web.Manage;

/// <summary>Addresses of the pages on which devices, sites and customers are kept.</summary>
internal static class ManageAddress
{
    public const string Devices = "/manage/devices";
    public const string AddDevice = "/manage/add-device";
    public const string Import = "/manage/import-devices";

    /// <summary>All devices of the same filter as <see cref="Devices"/>, as a file.</summary>
    public const string Sheet = "/manage/devices.csv";
    public const string Sites = "/manage/sites";
    public const string Customers = "/manage/customers";

    public static string Device(string id, string tail = "") => $"{Devices}/{Uri.EscapeDataString(id)}{tail}";

    public static string Site(string id) => $"{Sites}?edit={Uri.EscapeDataString(id)}#edit";

    public static string RemoveSite(string id) => $"{Sites}/{Uri.EscapeDataString(id)}/remove";

    public static string Customer(string id) => $"{Customers}?edit={Uri.EscapeDataString(id)}#edit";

    public static string RemoveCustomer(string id) => $"{Customers}/{Uri.EscapeDataString(id)}/remove";
}

using Garam.Platform.Devices;

namespace Garam.Web.Manage.Sheets;

/// <summary>A row of a file of devices that is right.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Changes">What it makes of the device; nothing when all of it is so already.</param>
public sealed record SheetRow(int Line, string Id, DeviceBody Changes, bool IsNew)
{
    public bool IsSame => !IsNew && Changes == new DeviceBody();

    /// <summary>The columns that it changes.</summary>
    public IReadOnlyList<string> Columns =>
    [
        .. new[]
        {
            (SheetColumns.Title, Changes.Title is not null), (SheetColumns.Product, Changes.ProductId is not null), (SheetColumns.Model, Changes.Model is not null),
            (SheetColumns.Site, Changes.SiteId is not null), (SheetColumns.Hub, Changes.HubId is not null), (SheetColumns.Period, Changes.ExpectedPeriodMs is not null),
            (SheetColumns.Tags, Changes.Tags is not null), (SheetColumns.Disabled, Changes.Disabled is not null),
        }.Where(c => c.Item2).Select(c => c.Item1),
    ];
}

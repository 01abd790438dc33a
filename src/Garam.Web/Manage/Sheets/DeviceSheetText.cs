using Garam.Platform.Devices;

namespace Garam.Web.Manage.Sheets;

/// <summary>Devices written as a file that a spreadsheet opens and that can be brought back.</summary>
internal static class DeviceSheetText
{
    public static string Header => string.Join(',', SheetColumns.All);

    /// <param name="customer">The customer of the device's site.</param>
    public static string Row(Device device, string? customer)
    {
        var fields = DeviceFields.Of(device);
        return string.Join(',', new[]
        {
            fields.Id, fields.Title, fields.Product, fields.Model, fields.Site, customer ?? "", fields.Hub, fields.Period, Tags(device), device.IsDisabled ? "yes" : "",
        }.Select(CsvCell.Write));
    }

    /// <summary>In one line where that can be read back, else one a line.</summary>
    public static string Tags(Device device)
    {
        var lines = DeviceFields.Of(device).Tags;
        return lines.Contains(';', StringComparison.Ordinal) ? lines + '\n' : lines.Replace("\n", "; ", StringComparison.Ordinal);
    }
}

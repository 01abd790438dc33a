using System.Globalization;
using System.Text;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Packs;
using Garam.Web.Fleet;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.Manage.Sheets;

/// <summary>
/// Many devices as one file: downloaded as they are, changed in a spreadsheet, looked at and stored. What was looked at comes along in the form,
/// so that nothing is kept between the two, and it is read again before it is stored.
/// </summary>
internal static class SheetPages
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapDeviceSheets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ManageAddress.Sheet, Download).AsPage(Role.Viewer);
        routes.MapGet(ManageAddress.Import, () => PageResult.Of<ImportPage>()).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(ManageAddress.Import, LookAsync).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(ManageAddress.Import + "/store", Store).AsPage(Role.Administrator, Reach.Platform);
    }

    private static IResult Download(HttpRequest request, DeviceRegistry registry, Visit visit, TimeProvider time)
    {
        var query = DevicesQuery.Of(request.Query) with { After = "" };
        var found = registry.Devices.Select(d => d.Current).Where(d => visit.Scope.Sees(d)).Select(d => (Device: d, Customer: registry.FindSite(d.SiteId)?.CustomerId))
            .Where(d => query.Takes(d.Device, d.Customer)).OrderBy(d => d.Device.Id.Value, StringComparer.Ordinal).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"devices-{time.GetUtcNow():yyyy-MM-dd}.csv");
        return Results.Stream(async body =>
        {
            // With a mark at its beginning, without which Excel takes Korean for something else.
            await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            writer.NewLine = "\r\n";
            await writer.WriteLineAsync(DeviceSheetText.Header);
            foreach (var (device, customer) in found)
                await writer.WriteLineAsync(DeviceSheetText.Row(device, customer));
        }, "text/csv; charset=utf-8", name);
    }

    private static async Task<IResult> LookAsync(HttpContext http, [FromForm] IFormCollection form, DeviceRegistry registry, PackCatalog packs)
    {
        var file = form.Files.GetFile("file");
        if (file is null || file.Length == 0)
            return Look("", DeviceSheet.Of(new SheetMistake(0, "", "empty")));
        if (file.Length > SheetLimits.BytesMax)
            return Look("", DeviceSheet.Of(new SheetMistake(0, "", "large", SheetLimits.BytesMax >> 20)));
        var bytes = new byte[file.Length];
        await using (var content = file.OpenReadStream())
            await content.ReadExactlyAsync(bytes, http.RequestAborted);
        string text;
        try
        {
            text = Strict.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);
        }
        catch (DecoderFallbackException)
        {
            return Look("", DeviceSheet.Of(new SheetMistake(0, "", "encoding")));
        }

        return Look(text, DeviceSheet.Read(text, registry, packs.Current));
    }

    private static IResult Store([FromForm] IFormCollection form, DeviceDesk desk, DeviceRegistry registry, PackCatalog packs, Caller caller)
    {
        var text = form["text"].ToString();
        if (text.Length > SheetLimits.BytesMax)
            return Look("", DeviceSheet.Of(new SheetMistake(0, "", "large", SheetLimits.BytesMax >> 20)));
        var sheet = DeviceSheet.Read(text, registry, packs.Current);
        if (!sheet.IsRight)
            return Look(text, sheet);
        var answer = desk.PutAll(caller, [.. sheet.Rows.Where(r => !r.IsSame).Select(r => (r.Id, r.Changes))]);
        return answer.Outcome switch
        {
            DeviceOutcome.Done => Results.LocalRedirect(ManageAddress.Devices + "?done=imported"),
            DeviceOutcome.Full => Look(text, DeviceSheet.Of(new SheetMistake(0, "", "full"))),
            _ => Look(text, DeviceSheet.Of(new SheetMistake(0, "", "invalid", answer.Detail))),
        };
    }

    private static IResult Look(string text, DeviceSheet sheet) =>
        PageResult.Of<ImportPage>(new { Text = text, Sheet = sheet }, sheet.IsRight ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

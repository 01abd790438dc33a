using Garam.Platform.Devices;
using Garam.Platform.Packs;

namespace Garam.Web.Manage.Sheets;

/// <summary>Rows of a file under the columns of its first line, one after the other. Not thread-safe.</summary>
internal sealed class SheetReading(IReadOnlyList<string> columns, DeviceRegistry registry, PackSet packs)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public List<SheetRow> Rows { get; } = [];

    public List<SheetMistake> Mistakes { get; } = [];

    public int MistakeCount { get; private set; }

    /// <summary>Rows read, right or wrong.</summary>
    public int RowCount { get; private set; }

    public void Add(SheetMistake mistake)
    {
        RowCount++;
        Say(mistake);
    }

    public void Add(int line, IReadOnlyList<string> cells)
    {
        RowCount++;
        if (cells.Count < columns.Count || cells.Skip(columns.Count).Any(c => c.Length > 0))
        {
            Say(new SheetMistake(line, "", "cells", cells.Count, columns.Count));
            return;
        }

        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
            row[columns[i]] = CsvCell.Read(cells[i]);
        var mistakes = MistakeCount;
        var id = row[SheetColumns.Id];
        if (!DeviceId.TryParse(id, out _, out _))
            Say(new SheetMistake(line, SheetColumns.Id, "id", id));
        else if (!_lines.TryAdd(id, line))
            Say(new SheetMistake(line, SheetColumns.Id, "twice", id, _lines[id]));
        var device = registry.TryGet(id, out var entry) ? entry.Current : Device.FirstSeen(default, null, null, 0);
        var body = Body(line, id, row, device);
        if (MistakeCount == mistakes)
            Rows.Add(new SheetRow(line, id, body, entry is null));
    }

    /// <summary>What the row makes of the device, as far as it can be read.</summary>
    private DeviceBody Body(int line, string id, Dictionary<string, string> row, Device device)
    {
        var present = DeviceFields.Of(device);
        // Tags that stand there as they were written out are as they were, whatever is in them.
        var tags = row.GetValueOrDefault(SheetColumns.Tags, "");
        var hasTags = row.ContainsKey(SheetColumns.Tags) && tags != DeviceSheetText.Tags(device);
        var fields = new DeviceFields(
            id,
            Cell(row, SheetColumns.Title, present.Title),
            Cell(row, SheetColumns.Product, present.Product),
            Cell(row, SheetColumns.Model, present.Model),
            Cell(row, SheetColumns.Site, present.Site),
            Cell(row, SheetColumns.Hub, present.Hub),
            hasTags ? tags.Contains('\n', StringComparison.Ordinal) ? tags : tags.Replace(';', '\n') : "",
            Cell(row, SheetColumns.Period, present.Period));
        DeviceBody body;
        while (!fields.TryBody(out body, out var problem))
        {
            // Told, and left out, so that the row's other mistakes are told too.
            Say(new SheetMistake(line, problem, problem, problem == SheetColumns.Period ? fields.Period : tags));
            fields = problem == SheetColumns.Period ? fields with { Period = "" } : fields with { Tags = "" };
        }

        var changes = DeviceFields.Changes(body with { Tags = hasTags ? body.Tags : null }, device);
        if (row.TryGetValue(SheetColumns.Disabled, out var said))
        {
            if (Yes(said) is { } disabled)
                changes = changes with { Disabled = disabled == device.IsDisabled ? null : disabled };
            else
                Say(new SheetMistake(line, SheetColumns.Disabled, "disabled", said));
        }

        Judge(line, id, row, fields, changes);
        return changes;
    }

    /// <summary>What the column says; what is there already where it is missing.</summary>
    private static string Cell(Dictionary<string, string> row, string column, string present) =>
        row.TryGetValue(column, out var text) && text != present ? text.Trim() : present;

    private void Judge(int line, string id, Dictionary<string, string> row, DeviceFields fields, DeviceBody changes)
    {
        if (changes.Problem() is { Length: > 0 } wrong)
            Say(new SheetMistake(line, "", "invalid", wrong));
        if (changes.ProductId is { Length: > 0 } product && !packs.TryGetProduct(product, out _))
            Say(new SheetMistake(line, SheetColumns.Product, "product", product));
        if (changes.SiteId is { Length: > 0 } site && registry.FindSite(site) is null)
            Say(new SheetMistake(line, SheetColumns.Site, "site", site));
        if (fields.Hub == id)
            Say(new SheetMistake(line, SheetColumns.Hub, "hub", id));
        var customer = registry.FindSite(fields.Site)?.CustomerId ?? "";
        if (row.TryGetValue(SheetColumns.Customer, out var named) && named != customer)
            Say(new SheetMistake(line, SheetColumns.Customer, "customer", named, fields.Site, customer));
    }

    private void Say(SheetMistake mistake)
    {
        MistakeCount++;
        if (Mistakes.Count < SheetLimits.MistakesMax)
            Mistakes.Add(mistake);
    }

    private static bool? Yes(string said) => said.ToLowerInvariant() switch
    {
        "yes" or "true" or "1" => true,
        "" or "no" or "false" or "0" => false,
        _ => null,
    };
}

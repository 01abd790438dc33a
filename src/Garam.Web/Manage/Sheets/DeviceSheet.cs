using Garam.Platform.Devices;
using Garam.Platform.Packs;

namespace Garam.Web.Manage.Sheets;

/// <summary>
/// A file of devices, read and held against the registry. The first line names the columns; a column that is not there leaves what the devices
/// have, an empty cell takes it away. Nothing of a file with a mistake is stored.
/// </summary>
/// <param name="Rows">The rows that are right, in their order.</param>
/// <param name="Mistakes">The first of them, in their order.</param>
/// <param name="MistakeCount">All of them.</param>
public sealed record DeviceSheet(IReadOnlyList<SheetRow> Rows, IReadOnlyList<SheetMistake> Mistakes, int MistakeCount)
{
    public bool IsRight => MistakeCount == 0;

    public static DeviceSheet Of(SheetMistake mistake) => new([], [mistake], 1);

    internal static DeviceSheet Read(string text, DeviceRegistry registry, PackSet packs)
    {
        var csv = new CsvReader(text);
        var cells = new List<string>();
        if (!csv.Read(cells))
            return Of(new SheetMistake(0, "", "empty"));
        var columns = cells.Select(c => c.ToLowerInvariant()).ToList();
        if (OfColumns(columns, csv) is { Count: > 0 } wrong)
            return new DeviceSheet([], wrong, wrong.Count);
        var reading = new SheetReading(columns, registry, packs);
        while (csv.Read(cells))
        {
            if (reading.RowCount == SheetLimits.RowsMax)
                return Of(new SheetMistake(csv.Line, "", "rows", SheetLimits.RowsMax));
            if (csv.IsBroken)
                reading.Add(new SheetMistake(csv.Line, "", "quotes"));
            else
                reading.Add(csv.Line, cells);
        }

        return reading.RowCount == 0 ? Of(new SheetMistake(0, "", "empty")) : new DeviceSheet(reading.Rows, reading.Mistakes, reading.MistakeCount);
    }

    private static List<SheetMistake> OfColumns(List<string> columns, CsvReader csv)
    {
        if (csv.IsBroken)
            return [new SheetMistake(csv.Line, "", "quotes")];
        if (!columns.Contains(SheetColumns.Id))
            return [new SheetMistake(csv.Line, SheetColumns.Id, "no-id", string.Join(", ", SheetColumns.All))];
        var mistakes = new List<SheetMistake>();
        foreach (var (column, count) in columns.CountBy(c => c).Take(SheetLimits.MistakesMax))
        {
            if (!SheetColumns.All.Contains(column))
                mistakes.Add(new SheetMistake(csv.Line, column, "column", column, string.Join(", ", SheetColumns.All)));
            else if (count > 1)
                mistakes.Add(new SheetMistake(csv.Line, column, "column-twice", column));
        }

        return mistakes;
    }
}

using Spectre.Console;

namespace Garam.Commands;

/// <summary>Tables on the standard output: drawn on a terminal, plain aligned columns elsewhere.</summary>
internal static class Lines
{
    public static void WriteTable(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
        {
            WritePlain(header, [.. rows]);
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in header)
            table.AddColumn(new TableColumn(Markup.Escape(title)).NoWrap());
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    private static void WritePlain(IReadOnlyList<string> header, List<IReadOnlyList<string>> rows)
    {
        var widths = header.Select((title, i) => rows.Select(r => r[i].Length).Append(title.Length).Max()).ToArray();
        Write(header);
        rows.ForEach(Write);

        void Write(IReadOnlyList<string> cells) => Console.WriteLine(string.Join("  ", cells.Select((c, i) => c.PadRight(widths[i]))).TrimEnd());
    }
}

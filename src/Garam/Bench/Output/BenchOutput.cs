using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Garam.Bench.Output;

/// <summary>Shows tables: framed on a terminal, aligned plain text otherwise; steps go to standard error, so that the table can be piped.</summary>
internal static class BenchOutput
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Tells what happens now.</summary>
    public static void Step(string text)
    {
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(text);
        else
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).MarkupLineInterpolated($"[grey]{text}[/]");
    }

    public static void Print(BenchTable table)
    {
        if (Console.IsOutputRedirected)
            PrintPlain(table, Console.Out);
        else
            PrintFramed(table);
    }

    /// <summary>Aligned columns, the first to the left, figures to the right.</summary>
    public static void PrintPlain(BenchTable table, TextWriter output)
    {
        var widths = Enumerable.Range(0, table.Columns.Count)
            .Select(column => table.Rows.Append(table.Columns).Max(row => row[column].Length))
            .ToArray();
        output.WriteLine(table.Title);
        foreach (var row in table.Rows.Prepend(table.Columns))
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
        foreach (var note in table.Notes)
            output.WriteLine(note);
    }

    /// <summary>Writes a report as indented JSON; nothing without a file.</summary>
    public static async Task WriteJsonAsync<T>(FileInfo? file, T report, CancellationToken cancellation)
    {
        if (file is null)
            return;
        await using var stream = file.Create();
        await JsonSerializer.SerializeAsync(stream, report, Json, cancellation);
    }

    private static void PrintFramed(BenchTable table)
    {
        var framed = new Table { Title = new TableTitle(Markup.Escape(table.Title)), Border = TableBorder.Rounded };
        for (var column = 0; column < table.Columns.Count; column++)
            framed.AddColumn(new TableColumn(Markup.Escape(table.Columns[column])) { Alignment = column == 0 ? Justify.Left : Justify.Right });
        foreach (var row in table.Rows)
            framed.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(framed);
        foreach (var note in table.Notes)
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{note}");
    }
}

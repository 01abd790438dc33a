using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Garam.Platform.Rest;
using Spectre.Console;

namespace Garam.Commands;

/// <summary><c>./garam query DEVICE METRIC[,METRIC]</c>: readings of a device from a running node.</summary>
internal static class QueryCommand
{
    private static readonly Argument<string> Device = new("device") { Description = "The device's id" };
    private static readonly Argument<string?> Metrics = new("metrics") { Description = "Metrics, comma-separated; all when left out", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Last = new("--last") { Description = "How far back (default 1h)" };
    private static readonly Option<string?> From = new("--from") { Description = "Begin: ISO 8601, or -1h" };
    private static readonly Option<string?> To = new("--to") { Description = "End (default now)" };
    private static readonly Option<string> Step = new("--step") { Description = "raw, 1m, 1h, 1d, any duration, or auto", DefaultValueFactory = _ => "raw" };
    private static readonly Option<bool> Json = new("--json") { Description = "The node's answer as it is" };
    private static readonly Option<bool> Csv = new("--csv") { Description = "time,metric,value lines" };

    public static Command Create()
    {
        var command = new Command("query", "Shows readings of a device.") { Device, Metrics, Last, From, To, Step, Json, Csv, NodeClient.Url, NodeClient.Token };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Last) is not null && result.GetValue(From) is not null)
                result.AddError("Use --last, or --from and --to.");
            if (result.GetValue(Json) && result.GetValue(Csv))
                result.AddError("Use --json or --csv.");
        });
        command.SetAction((result, cancellation) => NodeClient.RunAsync(result, (client, c) => RunAsync(result, client, c), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var device = Uri.EscapeDataString(result.GetValue(Device)!);
        var from = result.GetValue(From) ?? "-" + (result.GetValue(Last) ?? "1h");
        var query = $"/api/v1/devices/{device}/telemetry?from={Uri.EscapeDataString(from)}&step={Uri.EscapeDataString(result.GetValue(Step)!)}";
        if (result.GetValue(To) is { } to)
            query += $"&to={Uri.EscapeDataString(to)}";
        if (result.GetValue(Metrics) is { } metrics)
            query += $"&metrics={Uri.EscapeDataString(metrics)}";
        using var answer = await client.GetAsync(query, cancellation);
        if (result.GetValue(Json))
            Console.WriteLine(answer.RootElement.GetRawText());
        else if (result.GetValue(Csv))
            WriteCsv(answer.RootElement);
        else
            WriteTable(answer.RootElement);
        return ExitCode.Done;
    }

    private static void WriteCsv(JsonElement answer)
    {
        Console.WriteLine("time,metric,value");
        foreach (var series in answer.GetProperty("series").EnumerateArray())
        {
            foreach (var point in series.GetProperty("points").EnumerateArray())
                Console.WriteLine($"{Time(point[0])},{series.GetProperty("metric").GetString()},{point[1].GetRawText()}");
        }
    }

    private static void WriteTable(JsonElement answer)
    {
        var series = answer.GetProperty("series").EnumerateArray().ToList();
        var rows = new SortedDictionary<decimal, string[]>();
        for (var i = 0; i < series.Count; i++)
        {
            foreach (var point in series[i].GetProperty("points").EnumerateArray())
            {
                if (!rows.TryGetValue(point[0].GetDecimal(), out var row))
                    rows[point[0].GetDecimal()] = row = new string[series.Count];
                row[i] = point[1].ValueKind == JsonValueKind.Null ? "-" : point[1].GetRawText();
            }
        }

        if (rows.Count == 0)
        {
            Console.WriteLine("No readings in this time.");
            return;
        }

        var header = new List<string> { "time" };
        header.AddRange(series.Select(s => s.GetProperty("metric").GetString() + (s.TryGetProperty("unit", out var unit) ? $" ({unit.GetString()})" : "")));
        Lines.WriteTable(header, rows.Select(r => (IReadOnlyList<string>)[Time(r.Key), .. r.Value.Select(v => v ?? "")]));
    }

    private static string Time(JsonElement ms) => Time(ms.GetDecimal());

    private static string Time(decimal ms) => TimeParameter.Format((long)(ms * 1000m));
}

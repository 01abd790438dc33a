using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Garam.Commands.Rules;
using Spectre.Console;

namespace Garam.Commands;

/// <summary><c>./garam replay</c>: decodes a range of the raw log again with today's specs and repairs what is stored of it.</summary>
internal static class ReplayCommand
{
    private static readonly Option<string> From = new("--from") { Description = "Receive time of the first message: 2026-03-01T10:00:00Z, or -1h", Required = true };
    private static readonly Option<string?> To = new("--to") { Description = "Up to this receive time (default now)" };
    private static readonly Option<string?> Device = new("--device") { Description = "Only this device" };
    private static readonly Option<FileInfo?> Rules = new("--rules") { Description = "Then also show what this ruleset would have raised over the range; nothing is raised" };
    private static readonly Option<bool> Raise = new("--raise") { Description = "Then let the rules in force judge the repaired readings, and record the alarms that were missed; nobody is notified" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would change" };
    private static readonly Option<bool> Json = new("--json") { Description = "The node's report as it is" };

    public static Command Create() => NodeClient.Command(
        "replay", "Decodes a range of the raw log again with today's specs and repairs samples, rollups and derived metrics.", RunAsync, From, To, Device, Raise, Rules, DryRun, Json);

    private static async Task<int> RunAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        if (result.GetValue(Rules) is { } rules && (result.GetValue(DryRun) || !rules.Exists))
        {
            await Console.Error.WriteLineAsync(rules.Exists
                ? "--rules judges the repaired readings, and --dry-run repairs none. Leave one of them out."
                : $"--rules: there is no file {rules.FullName}.");
            return ExitCode.Usage;
        }

        if (result.GetValue(Raise) && result.GetValue(DryRun))
        {
            await Console.Error.WriteLineAsync("--raise judges the repaired readings, and --dry-run repairs none. Leave one of them out.");
            return ExitCode.Usage;
        }

        var body = new { from = result.GetValue(From), to = result.GetValue(To), device = result.GetValue(Device), dryRun = result.GetValue(DryRun), raise = result.GetValue(Raise) };
        JsonElement? report = null;
        string? error = null;
        await WithProgressAsync(async show =>
        {
            await foreach (var answer in client.PostForLinesAsync("/api/v1/replay", body, cancellation))
            {
                var line = answer.RootElement.Clone();
                answer.Dispose();
                if (line.TryGetProperty("progress", out var share))
                    show(share.GetDouble(), line.GetProperty("messages").GetInt64(), line.GetProperty("judged").GetDouble());
                else if (line.TryGetProperty("report", out var final))
                    report = final;
                else if (line.TryGetProperty("error", out var problem))
                    error = problem.GetString();
            }
        });
        if (report is null)
        {
            await Console.Error.WriteLineAsync(error ?? "The node ended the replay before its end. Run it again: what is repaired stays repaired.");
            return ExitCode.Environment;
        }

        if (result.GetValue(Json))
            Console.WriteLine(report.Value.GetRawText());
        else
            Write(report.Value);
        return result.GetValue(Rules) is { } file ? await JudgeAsync(result, client, file, cancellation) : ExitCode.Done;
    }

    /// <summary>What a ruleset would have raised over the readings as they are stored now.</summary>
    private static Task<int> JudgeAsync(ParseResult result, NodeClient client, FileInfo file, CancellationToken cancellation) => RulesBackTestCommand.ShowAsync(
        client,
        new Dictionary<string, object?>
        {
            ["from"] = result.GetValue(From),
            ["to"] = result.GetValue(To) ?? "now",
            ["devices"] = result.GetValue(Device) is { } device ? new[] { device } : [],
            ["text"] = File.ReadAllText(file.FullName),
        },
        result.GetValue(Json), cancellation);

    private static async Task WithProgressAsync(Func<Action<double, long, double>, Task> run)
    {
        if (Console.IsOutputRedirected)
        {
            await run((_, _, _) => { });
            return;
        }

        await AnsiConsole.Progress().AutoClear(true).HideCompleted(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("reading the log", maxValue: 1);
            await run((share, messages, judged) =>
            {
                task.Value = judged > 0 ? judged : share;
                task.Description = judged > 0 ? "judging" : string.Create(CultureInfo.InvariantCulture, $"{messages:N0} messages");
            });
        });
    }

    private static void Write(JsonElement report)
    {
        var isDryRun = report.GetProperty("dryRun").GetBoolean();
        if (report.TryGetProperty("logBegins", out var begins) && begins.ValueKind == JsonValueKind.String)
            Console.WriteLine($"The raw log begins at {begins.GetString()}: what came before cannot be decoded again (log.retain_days).");
        Console.WriteLine(
            $"{Number("messages")} messages of {Number("devices")} devices decoded again: {Number("added")} samples {(isDryRun ? "would be " : "")}added, "
            + $"{Number("changed")} changed, {Number("removed")} removed.");
        if (report.GetProperty("skipped").GetInt64() > 0)
            Console.WriteLine($"{Number("skipped")} messages are of devices that are not registered; their data stays as it is.");
        if (report.GetProperty("expired").GetInt64() > 0)
            Console.WriteLine($"{Number("expired")} readings are older than telemetry.retain_raw_days and cannot be changed.");
        foreach (var move in report.GetProperty("moved").EnumerateObject())
            Console.WriteLine($"{move.Value} messages: {move.Name}");
        var changes = report.GetProperty("changes").EnumerateArray().ToList();
        if (changes.Count > 0)
        {
            Lines.WriteTable(
                ["device", "metric", "added", "changed", "removed", "for example"],
                changes.Select(c => (IReadOnlyList<string>)
                [
                    c.GetProperty("device_id").GetString()!, c.GetProperty("metric").GetString()!, c.GetProperty("added").GetRawText(),
                    c.GetProperty("changed").GetRawText(), c.GetProperty("removed").GetRawText(), Example(c.GetProperty("examples")),
                ]));
        }

        if (report.TryGetProperty("alarms", out var alarms) && alarms.ValueKind == JsonValueKind.Object)
            WriteAlarms(alarms);
        if (isDryRun)
            Console.WriteLine("Nothing was written. Leave out --dry-run to repair.");

        string Number(string name) => report.GetProperty(name).GetInt64().ToString("N0", CultureInfo.InvariantCulture);
    }

    private static void WriteAlarms(JsonElement alarms)
    {
        var raised = alarms.GetProperty("raised").EnumerateObject().ToList();
        Console.WriteLine(raised.Count == 0
            ? "No alarm was missed."
            : $"Alarms recorded: {string.Join(", ", raised.Select(r => $"{r.Value} × {r.Name}"))}. Nobody was notified; ./garam alarms list shows them.");
        if (alarms.GetProperty("known").GetInt64() is > 0 and var known)
            Console.WriteLine($"{known} alarms of the range were there already.");
        if (alarms.GetProperty("holding").GetInt64() is > 0 and var holding)
            Console.WriteLine($"{holding} conditions hold to the end of the range: the device's next reading raises them.");
        if (alarms.GetProperty("beyond").GetInt64() is > 0 and var beyond)
            Console.WriteLine($"{beyond} alarms are more than one run keeps; ask again for shorter ranges.");
    }

    private static string Example(JsonElement examples)
    {
        if (examples.GetArrayLength() == 0)
            return "";
        var first = examples[0];
        return $"{first.GetProperty("ts").GetString()}: {Text("before")} → {Text("after")}";

        string Text(string name) => first.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "none";
    }
}

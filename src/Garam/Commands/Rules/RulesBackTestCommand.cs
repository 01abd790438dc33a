using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Garam.Commands.Rules;

/// <summary><c>./garam rules backtest FILE|ID</c>: what a draft would have raised in the past.</summary>
internal static class RulesBackTestCommand
{
    private static readonly Argument<string> IdOrFile = new("id-or-file") { Description = "A ruleset's file, or the id of a recorded one" };
    private static readonly Option<int?> Version = new("--version") { Description = "With an id: that version (default: the newest)" };
    private static readonly Option<string> From = new("--from") { Description = "Begin: ISO 8601, or back from now as -1d", DefaultValueFactory = _ => "-1d" };
    private static readonly Option<string> To = new("--to") { Description = "End", DefaultValueFactory = _ => "now" };
    private static readonly Option<string[]> Device = new("--device") { Description = "Only this device; may be repeated" };
    private static readonly Option<int> Limit = new("--limit") { Description = "Alarms listed at most", DefaultValueFactory = _ => 50 };

    public static Command Create() => NodeClient.Command(
        "backtest", "Runs a ruleset over the stored past: what it would have raised, beside what is in force.", RunAsync,
        IdOrFile, Version, From, To, Device, Limit, RulesCommand.Json);

    private static async Task<int> RunAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var named = result.GetValue(IdOrFile)!;
        string? text = null;
        if (RulesetArgument.IsFile(named))
        {
            if (RulesetArgument.Read(named) is not { } ruleset)
                return ExitCode.Input;
            text = ruleset.Text;
            await RulesCommand.CheckAsync(client, named, text, cancellation);
        }

        var body = new Dictionary<string, object?>
        {
            ["from"] = result.GetValue(From),
            ["to"] = result.GetValue(To),
            ["devices"] = result.GetValue(Device),
            ["limit"] = result.GetValue(Limit),
        };
        if (text is not null)
            body["text"] = text;
        else
            (body["id"], body["version"]) = (named, result.GetValue(Version));
        return await ShowAsync(client, body, result.GetValue(RulesCommand.Json), cancellation);
    }

    /// <summary>Runs a back-test and shows its report.</summary>
    internal static async Task<int> ShowAsync(NodeClient client, Dictionary<string, object?> body, bool asJson, CancellationToken cancellation)
    {
        using var report = await FollowAsync(client, body, cancellation);
        if (report.RootElement.TryGetProperty("error", out var error))
        {
            await Console.Error.WriteLineAsync(error.GetString());
            return ExitCode.Input;
        }

        if (asJson)
            Console.WriteLine(report.RootElement.GetRawText());
        else
            Write(report.RootElement);
        return ExitCode.Done;
    }

    /// <summary>Shows progress on the standard error as it comes: a bar on a terminal, a line every tenth elsewhere.</summary>
    private static async Task<JsonDocument> FollowAsync(NodeClient client, object body, CancellationToken cancellation)
    {
        if (Console.IsErrorRedirected)
        {
            var told = 0.0;
            return await ReadAsync(client, body, share =>
            {
                if (share < told + 0.1)
                    return;
                told = share;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"back-test {share * 100:0} %"));
            }, cancellation);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask("back-test", maxValue: 1);
            return await ReadAsync(client, body, share => bar.Value = share, cancellation);
        });
    }

    private static async Task<JsonDocument> ReadAsync(NodeClient client, object body, Action<double> progress, CancellationToken cancellation)
    {
        await foreach (var line in client.PostForLinesAsync("/api/v1/rulesets/backtest", body, cancellation))
        {
            if (!line.RootElement.TryGetProperty("progress", out var share))
                return line;
            progress(share.GetDouble());
            line.Dispose();
        }

        throw new HttpRequestException("the answer ended before the report; the node may be going down");
    }

    private static void Write(JsonElement report)
    {
        foreach (var note in RulesCommand.Texts(report, "notes"))
            Console.Error.WriteLine("note: " + note);
        Console.WriteLine(
            $"{RulesCommand.Text(report, "ruleset")} from {RulesCommand.Text(report, "from")} to {RulesCommand.Text(report, "to")}: "
            + $"{RulesCommand.Text(report, "readings")} readings of {RulesCommand.Text(report, "devices")} devices in {RulesCommand.Text(report, "tookMs")} ms");
        Lines.WriteTable(
            ["rule", "draft", "live", "shared", "added", "gone", "real"],
            RulesCommand.Items(report, "rules").Select(r => Cells(r, "rule", "draft", "live", "shared", "added", "gone", "real")));
        WriteQuality("draft", report);
        WriteQuality("live", report);
        var raised = RulesCommand.Items(report, "raised").ToList();
        if (raised.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("The draft raises:");
            WriteAlarms(raised);
        }

        var gone = RulesCommand.Items(report, "gone").ToList();
        if (gone.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("Only the live version raises:");
            WriteAlarms(gone);
        }

        if (RulesCommand.Text(report, "cut") is var cut && cut is not ("" or "0"))
            Console.WriteLine($"{cut} more are counted above and not listed; --limit lists more.");
    }

    private static void WriteQuality(string name, JsonElement report)
    {
        if (!report.TryGetProperty(name, out var quality) || quality.ValueKind != JsonValueKind.Object)
            return;
        Console.WriteLine(
            $"{name + ":",-7}raises {RulesCommand.Text(quality, "confirmedRaised")} of {RulesCommand.Text(quality, "confirmed")} confirmed alarms and "
            + $"{RulesCommand.Text(quality, "dismissedRaised")} of {RulesCommand.Text(quality, "dismissed")} false ones; "
            + $"precision {Share(quality, "precision")}, recall {Share(quality, "recall")}; {RulesCommand.Text(quality, "unjudged")} nobody has judged");
    }

    private static void WriteAlarms(IEnumerable<JsonElement> alarms) => Lines.WriteTable(
        ["raised", "cleared", "rule", "subject", "severity", "count", "worst", "live too", "verdict", "message"],
        alarms.Select(a => Cells(a, "raised", "cleared", "rule", "subject", "severity", "count", "worst", "alsoLive", "verdict", "message")));

    private static IReadOnlyList<string> Cells(JsonElement element, params string[] names) => [.. names.Select(n => RulesCommand.Text(element, n))];

    private static string Share(JsonElement quality, string name) =>
        quality.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString("0.00", CultureInfo.InvariantCulture)
            : "unknown";
}

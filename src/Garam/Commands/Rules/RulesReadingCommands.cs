using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Garam.Commands.Rules;

/// <summary><c>./garam rules list | show | history | diff</c>.</summary>
internal static class RulesReadingCommands
{
    private static readonly Option<int?> Version = new("--version") { Description = "That version instead of the one in force" };
    private static readonly Option<bool> Yaml = new("--yaml") { Description = "The text alone" };
    private static readonly Argument<string> IdOrFile = new("id-or-file") { Description = "The ruleset's id, or a file to compare with what is in force" };
    private static readonly Option<int?> From = new("--from") { Description = "The former version (default: the one in force)" };
    private static readonly Option<int?> To = new("--to") { Description = "The latter version (default: the newest)" };

    public static IEnumerable<Command> Create() =>
    [
        NodeClient.Command("list", "Lists the rulesets: what is in force, on trial, and what is wrong.", ListAsync, RulesCommand.Json),
        NodeClient.Command("show", "Shows a ruleset's rules, or its text.", ShowAsync, RulesCommand.Id, Version, Yaml, RulesCommand.Json),
        NodeClient.Command("history", "Shows a ruleset's versions and who changed what and why.", HistoryAsync, RulesCommand.Id, RulesCommand.Json),
        NodeClient.Command("diff", "Shows what differs between two versions, or between what is in force and a file.", DiffAsync, IdOrFile, From, To, RulesCommand.Json),
    ];

    private static async Task<int> ListAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync("/api/v1/rulesets", cancellation);
        if (result.GetValue(RulesCommand.Json))
            return Raw(answer);
        var items = RulesCommand.Items(answer.RootElement, "items").ToList();
        if (items.Count == 0)
            Console.WriteLine("No rulesets.");
        else
            Lines.WriteTable(["ruleset", "product", "state", "version", "rules", "trial", "alarms"], items.Select(Row));
        foreach (var problem in items.SelectMany(i => RulesCommand.Texts(i, "problems")).Concat(RulesCommand.Texts(answer.RootElement, "problems")))
            await Console.Error.WriteLineAsync(problem);
        foreach (var note in items.SelectMany(i => RulesCommand.Texts(i, "notes")))
            await Console.Error.WriteLineAsync("note: " + note);
        return ExitCode.Done;
    }

    private static IReadOnlyList<string> Row(JsonElement item)
    {
        var inForce = item.TryGetProperty("inForce", out var value) && value.GetBoolean();
        var state = RulesCommand.Text(item, "state");
        return
        [
            RulesCommand.Text(item, "id"), RulesCommand.Text(item, "productId"), state == "active" && !inForce ? "does not fit" : state,
            RulesCommand.Text(item, "version"), RulesCommand.Text(item, "rules"),
            item.TryGetProperty("trial", out var trial) ? TrialText(trial) : "", RulesCommand.Text(item, "lastingAlarms"),
        ];
    }

    private static string TrialText(JsonElement trial) =>
        string.Create(CultureInfo.InvariantCulture, $"version {RulesCommand.Text(trial, "version")} on {trial.GetProperty("share").GetDouble() * 100:0.###} %");

    private static async Task<int> ShowAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var version = result.GetValue(Version);
        var rest = version is { } number ? string.Create(CultureInfo.InvariantCulture, $"/versions/{number}") : "";
        using var answer = await client.GetAsync(RulesCommand.Path(result.GetValue(RulesCommand.Id)!, rest), cancellation);
        if (result.GetValue(RulesCommand.Json))
            return Raw(answer);
        var ruleset = answer.RootElement;
        if (result.GetValue(Yaml) || version is not null)
        {
            Console.Write(RulesCommand.Text(ruleset, "text"));
            return ExitCode.Done;
        }

        foreach (var name in new[] { "id", "productId", "state", "version", "author", "reason", "file", "lastingAlarms" })
        {
            if (RulesCommand.Text(ruleset, name) is { Length: > 0 } text)
                Console.WriteLine($"{name + ":",-15}{text}");
        }

        if (ruleset.TryGetProperty("trial", out var trial))
            Console.WriteLine($"{"trial:",-15}{TrialText(trial)}");
        var rules = RulesCommand.Items(ruleset, "rules").ToList();
        if (rules.Count > 0)
        {
            Lines.WriteTable(
                ["rule", "type", "severity", "when"],
                rules.Select(r => (IReadOnlyList<string>)[RulesCommand.Text(r, "id"), RulesCommand.Text(r, "type"), RulesCommand.Text(r, "severity"), RulesCommand.Text(r, "when")]));
        }

        foreach (var line in RulesCommand.Texts(ruleset, "problems").Concat(RulesCommand.Texts(ruleset, "notes").Select(n => "note: " + n)))
            await Console.Error.WriteLineAsync(line);
        return ExitCode.Done;
    }

    private static async Task<int> HistoryAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(RulesCommand.Path(result.GetValue(RulesCommand.Id)!, "/history"), cancellation);
        if (result.GetValue(RulesCommand.Json))
            return Raw(answer);
        Lines.WriteTable(
            ["at", "by", "change", "version", "before", "reason"],
            RulesCommand.Items(answer.RootElement, "items").Select(c => (IReadOnlyList<string>)
            [
                RulesCommand.Text(c, "at"), RulesCommand.Text(c, "by"), RulesCommand.Text(c, "change"), RulesCommand.Text(c, "version"),
                RulesCommand.Text(c, "formerVersion"), RulesCommand.Text(c, "reason"),
            ]));
        return ExitCode.Done;
    }

    private static async Task<int> DiffAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var named = result.GetValue(IdOrFile)!;
        var query = new List<string>();
        if (result.GetValue(From) is { } from)
            query.Add(string.Create(CultureInfo.InvariantCulture, $"from={from}"));
        if (result.GetValue(To) is { } to)
            query.Add(string.Create(CultureInfo.InvariantCulture, $"to={to}"));
        var rest = "/diff" + (query.Count == 0 ? "" : "?" + string.Join('&', query));
        JsonDocument answer;
        if (RulesetArgument.IsFile(named))
        {
            if (RulesetArgument.Read(named) is not { } ruleset)
                return ExitCode.Input;
            answer = await client.SendYamlAsync(HttpMethod.Post, RulesCommand.Path(ruleset.Id, rest), ruleset.Text, cancellation);
        }
        else
        {
            answer = await client.GetAsync(RulesCommand.Path(named, rest), cancellation);
        }

        using (answer)
        {
            if (result.GetValue(RulesCommand.Json))
                return Raw(answer);
            WriteDiff(answer.RootElement);
            return ExitCode.Done;
        }
    }

    private static void WriteDiff(JsonElement diff)
    {
        foreach (var rule in RulesCommand.Items(diff, "rules"))
        {
            var kind = RulesCommand.Text(rule, "kind");
            Console.WriteLine($"{kind} {RulesCommand.Text(rule, "rule")}");
            foreach (var change in kind == "changed" ? RulesCommand.Items(rule, "changes") : [])
                Console.WriteLine($"  {RulesCommand.Text(change, "key")}: {OrNone(change, "from")} → {OrNone(change, "to")}");
        }

        var lines = RulesCommand.Text(diff, "lines");
        Console.Write(lines.Length == 0 ? "The texts are the same.\n" : lines);
    }

    private static string OrNone(JsonElement change, string name) => RulesCommand.Text(change, name) is { Length: > 0 } text ? text : "(none)";

    private static int Raw(JsonDocument answer)
    {
        Console.WriteLine(answer.RootElement.GetRawText());
        return ExitCode.Done;
    }
}

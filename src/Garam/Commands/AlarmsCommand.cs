using System.CommandLine;
using System.Text.Json;

namespace Garam.Commands;

/// <summary><c>./garam alarms list | show | ack | resolve | dismiss</c>: what has been raised, and what people do with it.</summary>
internal static class AlarmsCommand
{
    private static readonly Option<string> State = new("--state") { Description = "Of these states, separated by commas; 'open' is raised and acknowledged", DefaultValueFactory = _ => "open" };
    private static readonly Option<string?> Severity = new("--severity") { Description = "Of these severities, separated by commas" };
    private static readonly Option<string?> Device = new("--device") { Description = "Only those of this device" };
    private static readonly Option<string?> Site = new("--site") { Description = "Only those of this site" };
    private static readonly Option<bool> Queue = new("--queue") { Description = "Only the queue of work" };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many", DefaultValueFactory = _ => 100 };
    private static readonly Option<bool> Json = new("--json") { Description = "The node's answer as it is" };
    private static readonly Option<string?> Note = new("--note") { Description = "A remark" };
    private static readonly Option<bool> Unconfirmed = new("--unconfirmed") { Description = "Leaves open whether the alarm was right" };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why it was a false alarm", Required = true };
    private static readonly Argument<long> Id = new("id") { Description = "The alarm's number" };

    public static Command Create() => new("alarms", "Lists and shows alarms, and says what became of them.")
    {
        NodeClient.Command("list", "Lists alarms, newest first.", ListAsync, State, Severity, Device, Site, Queue, Limit, Json),
        NodeClient.Command("show", "Shows one with its reading, its bytes and its history.", ShowAsync, Id, Json),
        NodeClient.Command("ack", "Says that you have seen it.", (r, c, t) => OrderAsync(r, c, "acknowledge", new { note = r.GetValue(Note) }, t), Id, Note),
        NodeClient.Command(
            "resolve", "Says that you have dealt with it.",
            (r, c, t) => OrderAsync(r, c, "resolve", new { note = r.GetValue(Note), confirmed = !r.GetValue(Unconfirmed) }, t), Id, Note, Unconfirmed),
        NodeClient.Command("dismiss", "Says that it was a false alarm.", (r, c, t) => OrderAsync(r, c, "dismiss", new { reason = r.GetValue(Reason) }, t), Id, Reason),
    };

    private static async Task<int> ListAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var query = $"/api/v1/alarms?limit={result.GetValue(Limit)}&state={Uri.EscapeDataString(result.GetValue(State)!)}&queue={(result.GetValue(Queue) ? "true" : "false")}";
        foreach (var (name, option) in new[] { ("severity", Severity), ("device", Device), ("site", Site) })
        {
            if (result.GetValue(option) is { } value)
                query += $"&{name}={Uri.EscapeDataString(value)}";
        }

        using var answer = await client.GetAsync(query, cancellation);
        if (result.GetValue(Json))
        {
            Console.WriteLine(answer.RootElement.GetRawText());
            return ExitCode.Done;
        }

        var items = answer.RootElement.GetProperty("items").EnumerateArray().ToList();
        if (items.Count == 0)
        {
            Console.WriteLine("No alarms.");
            return ExitCode.Done;
        }

        Lines.WriteTable(
            ["id", "raised", "severity", "state", "device", "rule", "count", "message"],
            items.Select(a => (IReadOnlyList<string>)[Text(a, "id"), Text(a, "first"), Text(a, "severity"), Text(a, "state"), Text(a, "device_id"), Text(a, "rule"), Text(a, "count"), FirstLine(a)]));
        if (answer.RootElement.TryGetProperty("next", out _))
            Console.WriteLine($"There are more; raise --limit above {result.GetValue(Limit)}.");
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var path = $"/api/v1/alarms/{result.GetValue(Id)}";
        using var answer = await client.GetAsync(path, cancellation);
        if (result.GetValue(Json))
        {
            Console.WriteLine(answer.RootElement.GetRawText());
            return ExitCode.Done;
        }

        foreach (var part in answer.RootElement.EnumerateObject())
            Console.WriteLine($"{part.Name + ":",-16}{Plain(part.Value)}");
        using var history = await client.GetAsync(path + "/history", cancellation);
        foreach (var line in history.RootElement.GetProperty("items").EnumerateArray())
            Console.WriteLine($"{Text(line, "at")}  {Text(line, "change")}  {Text(line, "by")}  {Text(line, "note")}".TrimEnd());
        return ExitCode.Done;
    }

    private static async Task<int> OrderAsync(ParseResult result, NodeClient client, string order, object body, CancellationToken cancellation)
    {
        var id = result.GetValue(Id);
        using var answer = await client.SendAsync(HttpMethod.Post, $"/api/v1/alarms/{id}/{order}", body, cancellation);
        Console.WriteLine($"alarm {id} is {Text(answer.RootElement, "state")}");
        return ExitCode.Done;
    }

    private static string FirstLine(JsonElement alarm) => alarm.GetProperty("message").GetProperty("en").GetString()!.Split('\n')[0];

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Plain(value) : "";

    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ValueKind == JsonValueKind.Null ? "" : value.GetRawText();
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Garam.Commands;

/// <summary><c>./garam dead list | show | retry | drop</c>: messages that could not be stored.</summary>
internal static class DeadCommand
{
    private static readonly Option<string?> Reason = new("--reason") { Description = "Only those of this reason" };
    private static readonly Option<string?> Device = new("--device") { Description = "Only those of this device" };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many", DefaultValueFactory = _ => 100 };
    private static readonly Option<bool> Json = new("--json") { Description = "The node's answer as it is" };
    private static readonly Option<bool> All = new("--all") { Description = "All of them" };
    private static readonly Argument<long> Id = new("id") { Description = "The dead letter's number" };
    private static readonly Argument<long[]> Ids = new("ids") { Description = "Numbers of dead letters", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Argument<long[]> SomeIds = new("ids") { Description = "Numbers of dead letters", Arity = ArgumentArity.OneOrMore };

    public static Command Create() => new("dead", "Lists, shows, retries and drops messages that could not be stored.")
    {
        NodeClient.Command("list", "Lists dead letters and how many there are of each reason.", ListAsync, Reason, Device, Limit, Json),
        NodeClient.Command("show", "Shows one with all its bytes.", ShowAsync, Id, Json),
        NodeClient.Command("retry", "Sends them through the pipeline again, after the spec was mended.", RetryAsync, Ids, Reason, All),
        NodeClient.Command("drop", "Removes them for good.", DropAsync, SomeIds),
    };

    private static async Task<int> ListAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var query = $"/api/v1/dead-letters?limit={result.GetValue(Limit)}";
        if (result.GetValue(Reason) is { } reason)
            query += $"&reason={Uri.EscapeDataString(reason)}";
        if (result.GetValue(Device) is { } device)
            query += $"&device={Uri.EscapeDataString(device)}";
        using var answer = await client.GetAsync(query, cancellation);
        if (result.GetValue(Json))
        {
            Console.WriteLine(answer.RootElement.GetRawText());
            return ExitCode.Done;
        }

        var reasons = answer.RootElement.GetProperty("reasons").EnumerateObject().Select(r => $"{r.Name}: {r.Value}").ToList();
        Console.WriteLine(reasons.Count == 0 ? "No dead letters." : string.Join(", ", reasons));
        var items = answer.RootElement.GetProperty("items").EnumerateArray().ToList();
        if (items.Count > 0)
        {
            Lines.WriteTable(
                ["id", "received", "device", "reason", "detail", "bytes", "tries"],
                items.Select(l => (IReadOnlyList<string>)[Text(l, "id"), Text(l, "received"), Text(l, "device_id"), Text(l, "reason"), Text(l, "detail"), Text(l, "bytes"), Text(l, "attempts")]));
        }

        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync($"/api/v1/dead-letters/{result.GetValue(Id)}", cancellation);
        if (result.GetValue(Json))
        {
            Console.WriteLine(answer.RootElement.GetRawText());
            return ExitCode.Done;
        }

        foreach (var part in answer.RootElement.EnumerateObject())
            Console.WriteLine($"{part.Name + ":",-14}{Plain(part.Value)}");
        return ExitCode.Done;
    }

    private static async Task<int> RetryAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var ids = result.GetValue(Ids)!;
        var reason = result.GetValue(Reason);
        var all = result.GetValue(All);
        if ((ids.Length > 0 ? 1 : 0) + (reason is null ? 0 : 1) + (all ? 1 : 0) != 1)
        {
            await Console.Error.WriteLineAsync("Say which: numbers, --reason R, or --all.");
            return ExitCode.Usage;
        }

        object body = all ? new { all } : reason is not null ? new { reason } : new { ids };
        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/dead-letters/retry", body, cancellation);
        Console.WriteLine($"{Text(answer.RootElement, "recovered")} recovered, {Text(answer.RootElement, "failed")} still dead");
        return ExitCode.Done;
    }

    private static async Task<int> DropAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/dead-letters/drop", new { ids = result.GetValue(SomeIds) }, cancellation);
        Console.WriteLine($"{Text(answer.RootElement, "dropped")} dropped");
        return ExitCode.Done;
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Plain(value) : "";

    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ValueKind == JsonValueKind.Null ? "" : value.GetRawText();
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Garam.Commands;

/// <summary><c>./garam notify test | channels | list | retry</c>: what people are told of alarms.</summary>
internal static class NotifyCommand
{
    private static readonly Argument<string> Channel = new("channel") { Description = "The channel's name" };
    private static readonly Argument<long> Id = new("id") { Description = "The notification's number" };
    private static readonly Option<string?> State = new("--state") { Description = "Only those that are waiting, sent, failed or cancelled" };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many", DefaultValueFactory = _ => 50 };

    public static Command Create() => new("notify", "Tries the channels that people are told of alarms by, and shows what they were told.")
    {
        NodeClient.Command("test", "Sends a test message on a channel now.", TestAsync, Channel),
        NodeClient.Command("channels", "Shows the channels and whether they work.", ChannelsAsync),
        NodeClient.Command("list", "Shows what people were told or will be, newest first.", ListAsync, State, Limit),
        NodeClient.Command("retry", "Sends one that failed again.", RetryAsync, Id),
    };

    private static async Task<int> TestAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var channel = result.GetValue(Channel)!;
        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/notifications/test", new { channel }, cancellation);
        Console.WriteLine($"{channel} took the message");
        return ExitCode.Done;
    }

    private static async Task<int> ChannelsAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync("/api/v1/notifications/channels", cancellation);
        WriteTable(answer, "name", "type", "target", "state", "waiting", "sent", "failed", "error");
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var state = result.GetValue(State) is { } wanted ? $"&state={Uri.EscapeDataString(wanted)}" : "";
        var limit = result.GetValue(Limit).ToString(CultureInfo.InvariantCulture);
        using var answer = await client.GetAsync($"/api/v1/notifications?limit={limit}{state}", cancellation);
        WriteTable(answer, "id", "created", "alarm", "device_id", "change", "route", "channel", "state", "attempts", "error");
        return ExitCode.Done;
    }

    private static async Task<int> RetryAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var id = result.GetValue(Id).ToString(CultureInfo.InvariantCulture);
        using var answer = await client.SendAsync(HttpMethod.Post, $"/api/v1/notifications/{id}/retry", null, cancellation);
        Console.WriteLine($"{id} is sent again");
        return ExitCode.Done;
    }

    private static void WriteTable(JsonDocument answer, params string[] columns)
    {
        var items = answer.RootElement.GetProperty("items").EnumerateArray().ToList();
        if (items.Count == 0)
            Console.WriteLine("None.");
        else
            Lines.WriteTable(columns, items.Select(item => (IReadOnlyList<string>)[.. columns.Select(column => Text(item, column))]));
    }

    private static string Text(JsonElement item, string name) =>
        !item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? "" : value.ToString();
}

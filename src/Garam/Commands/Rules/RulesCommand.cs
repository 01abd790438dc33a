using System.CommandLine;
using System.Text.Json;

namespace Garam.Commands.Rules;

/// <summary><c>./garam rules …</c>: checks rulesets, and shows, compares, tries and changes those of a running node.</summary>
internal static class RulesCommand
{
    public static readonly Argument<string> Id = new("id") { Description = "The ruleset's id" };
    public static readonly Option<bool> Json = new("--json") { Description = "The node's answer as it is" };
    public static readonly Option<string?> Reason = new("--reason") { Description = "Why; kept in the history" };

    public static Command Create()
    {
        var command = new Command("rules", "Checks, compares, back-tests and activates rulesets.") { RulesCheckCommand.Create() };
        foreach (var part in RulesReadingCommands.Create().Concat(RulesChangingCommands.Create()))
            command.Add(part);
        command.Add(RulesBackTestCommand.Create());
        return command;
    }

    /// <summary>Address of a ruleset; <paramref name="id"/> is escaped.</summary>
    public static string Path(string id, string rest = "") => $"/api/v1/rulesets/{Uri.EscapeDataString(id)}{rest}";

    /// <summary>Has the node check a text, so that its problems bear the file's name.</summary>
    /// <exception cref="NodeAnswerException">There are problems.</exception>
    public static async Task CheckAsync(NodeClient client, string file, string text, CancellationToken cancellation)
    {
        using var _ = await client.SendYamlAsync(HttpMethod.Post, "/api/v1/rulesets/check?file=" + Uri.EscapeDataString(file), text, cancellation);
    }

    public static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Plain(value) : "";

    /// <summary>Strings of a list; empty when it is not there.</summary>
    public static IEnumerable<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(Plain) : [];

    public static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}

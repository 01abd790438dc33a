using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Garam.Commands.Rules;

/// <summary><c>./garam rules put | activate | rollback | disable | delete | trial</c>.</summary>
internal static class RulesChangingCommands
{
    private static readonly Argument<string> FileArgument = new("file") { Description = "The ruleset's YAML" };
    private static readonly Argument<int> Version = new("version") { Description = "A recorded version" };
    private static readonly Option<bool> Live = new("--activate") { Description = "Also put it in force" };
    private static readonly Option<string?> Author = new("--author") { Description = "Who wrote it (default: whose token it is)" };
    private static readonly Option<int?> TrialVersion = new("--version") { Description = "Begin a trial of this version" };
    private static readonly Option<double?> Share = new("--share") { Description = "Share of the devices it judges, as 0.1" };
    private static readonly Option<bool> End = new("--end") { Description = "End the trial" };

    public static IEnumerable<Command> Create() =>
    [
        NodeClient.Command("put", "Records a file as a new version.", PutAsync, FileArgument, Live, Author, RulesCommand.Reason, RulesCommand.Json),
        NodeClient.Command("activate", "Puts a recorded version in force.", ActivateAsync, RulesCommand.Id, Version, RulesCommand.Reason, RulesCommand.Json),
        NodeClient.Command("rollback", "Puts the version in force that was so before.", RollbackAsync, RulesCommand.Id, RulesCommand.Reason, RulesCommand.Json),
        NodeClient.Command("disable", "Takes a ruleset out of force.", DisableAsync, RulesCommand.Id, RulesCommand.Reason, RulesCommand.Json),
        NodeClient.Command("delete", "Takes a ruleset out of force and off the list; versions stay.", DeleteAsync, RulesCommand.Id, RulesCommand.Reason, RulesCommand.Json),
        Trial(),
    ];

    private static Command Trial()
    {
        var command = NodeClient.Command(
            "trial", "Compares both arms of a trial; begins or ends one.", TrialAsync, RulesCommand.Id, TrialVersion, Share, End, RulesCommand.Reason, RulesCommand.Json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(TrialVersion) is null != result.GetValue(Share) is null)
                result.AddError("A trial needs both: --version N --share 0.1.");
            if (result.GetValue(End) && result.GetValue(TrialVersion) is not null)
                result.AddError("Use --version and --share, or --end.");
        });
        return command;
    }

    private static async Task<int> PutAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var file = result.GetValue(FileArgument)!;
        if (RulesetArgument.Read(file) is not { } ruleset)
            return ExitCode.Input;
        await RulesCommand.CheckAsync(client, file, ruleset.Text, cancellation);
        var activate = result.GetValue(Live);
        var query = $"?activate={(activate ? "true" : "false")}{Parameter("reason", result.GetValue(RulesCommand.Reason))}{Parameter("author", result.GetValue(Author))}";
        using var answer = await client.SendYamlAsync(HttpMethod.Put, RulesCommand.Path(ruleset.Id, query), ruleset.Text, cancellation);
        var version = RulesCommand.Text(answer.RootElement, "version");
        return Write(result, answer, $"{ruleset.Id} version {version} is {(activate ? "in force" : $"recorded; put it in force with: ./garam rules activate {ruleset.Id} {version}")}");
    }

    private static async Task<int> ActivateAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var id = result.GetValue(RulesCommand.Id)!;
        var version = result.GetValue(Version);
        using var answer = await client.SendAsync(
            HttpMethod.Post, RulesCommand.Path(id, "/activate"), new { version, reason = result.GetValue(RulesCommand.Reason) }, cancellation);
        return Write(result, answer, string.Create(CultureInfo.InvariantCulture, $"{id} version {version} is in force"));
    }

    private static async Task<int> RollbackAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var id = result.GetValue(RulesCommand.Id)!;
        using var answer = await client.SendAsync(
            HttpMethod.Post, RulesCommand.Path(id, "/rollback"), new { reason = result.GetValue(RulesCommand.Reason) }, cancellation);
        return Write(result, answer, $"{id} version {RulesCommand.Text(answer.RootElement, "version")} is in force again");
    }

    private static async Task<int> DisableAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var id = result.GetValue(RulesCommand.Id)!;
        using var answer = await client.SendAsync(
            HttpMethod.Post, RulesCommand.Path(id, "/disable"), new { reason = result.GetValue(RulesCommand.Reason) }, cancellation);
        return Write(result, answer, $"{id} is out of force");
    }

    private static async Task<int> DeleteAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var id = result.GetValue(RulesCommand.Id)!;
        var query = Parameter("reason", result.GetValue(RulesCommand.Reason)) is { Length: > 0 } reason ? "?" + reason[1..] : "";
        using var answer = await client.SendAsync(HttpMethod.Delete, RulesCommand.Path(id, query), null, cancellation);
        return Write(result, answer, $"{id} is deleted; its versions and history stay");
    }

    private static async Task<int> TrialAsync(ParseResult result, NodeClient client, CancellationToken cancellation)
    {
        var id = result.GetValue(RulesCommand.Id)!;
        var reason = result.GetValue(RulesCommand.Reason);
        if (result.GetValue(TrialVersion) is { } version)
        {
            using var begun = await client.SendAsync(
                HttpMethod.Post, RulesCommand.Path(id, "/trial"), new { version, share = result.GetValue(Share), reason }, cancellation);
            return Write(result, begun, string.Create(CultureInfo.InvariantCulture, $"{id} version {version} is on trial"));
        }

        if (result.GetValue(End))
        {
            var query = Parameter("reason", reason) is { Length: > 0 } text ? "?" + text[1..] : "";
            using var ended = await client.SendAsync(HttpMethod.Delete, RulesCommand.Path(id, "/trial" + query), null, cancellation);
            return Write(result, ended, $"the trial of {id} has ended");
        }

        using var answer = await client.GetAsync(RulesCommand.Path(id, "/trial"), cancellation);
        if (result.GetValue(RulesCommand.Json))
            return Write(result, answer, "");
        Lines.WriteTable(
            ["arm", "version", "devices", "raised", "confirmed", "dismissed", "precision"],
            RulesCommand.Items(answer.RootElement, "arms").Select(Arm));
        return ExitCode.Done;
    }

    private static IReadOnlyList<string> Arm(JsonElement arm) =>
    [
        RulesCommand.Text(arm, "arm"), RulesCommand.Text(arm, "version"), RulesCommand.Text(arm, "devices"), RulesCommand.Text(arm, "raised"),
        RulesCommand.Text(arm, "confirmed"), RulesCommand.Text(arm, "dismissed"), RulesCommand.Text(arm, "precision"),
    ];

    private static string Parameter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static int Write(ParseResult result, JsonDocument answer, string sentence)
    {
        Console.WriteLine(result.GetValue(RulesCommand.Json) ? answer.RootElement.GetRawText() : sentence);
        foreach (var note in result.GetValue(RulesCommand.Json) ? [] : RulesCommand.Texts(answer.RootElement, "notes"))
            Console.Error.WriteLine("note: " + note);
        return ExitCode.Done;
    }
}

using System.CommandLine;
using Garam.Platform.Configuration;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Users;
using Garam.Platform.Rest;

namespace Garam.Commands;

/// <summary><c>./garam token add | list | revoke</c>: API tokens of users, on the data folder itself.</summary>
internal static class TokenCommand
{
    private static readonly Argument<string> User = new("user") { Description = "Whose token" };
    private static readonly Argument<string> Name = new("name") { Description = "What it is for" };
    private static readonly Argument<string> Id = new("id") { Description = "The token's id, as list shows it" };
    private static readonly Option<string?> Role = new("--role") { Description = "At most the user's (default the user's)" };
    private static readonly Option<string?> Customer = new("--customer") { Description = "The one customer whose devices it sees (default the user's)" };
    private static readonly Option<string?> Expires = new("--expires") { Description = "How long it lives, for example 90d (default until it is revoked)" };

    public static Command Create() => new("token", "Gives out and takes back API tokens of users.")
    {
        CredentialFolder.Command("list", "Lists a user's tokens.", (r, c) => Task.FromResult(List(r, c)), User),
        CredentialFolder.Command("add", "Makes a token and shows it, this once.", (r, c) => Task.FromResult(Add(r, c)), User, Name, Role, Customer, Expires),
        CredentialFolder.Command("revoke", "Ends a token.", (r, c) => Task.FromResult(Revoke(r, c)), User, Id),
    };

    private static int List(ParseResult result, Credentials credentials)
    {
        var user = result.GetValue(User)!.ToLowerInvariant();
        if (!credentials.Users.TryGet(user, out var entry))
            return CredentialFolder.Wrong($"There is no user '{user}'. `./garam user list` shows them.");
        Lines.WriteTable(
            ["id", "name", "role", "customer", "expires"],
            entry.Tokens.Select(t => (IReadOnlyList<string>)
                [t.Id, t.Name, RoleName.Of(t.Role), t.CustomerId ?? "all", t.ExpiresUs is { } us ? TimeParameter.Format(us) : "never"]));
        return ExitCode.Done;
    }

    private static int Add(ParseResult result, Credentials credentials)
    {
        var user = result.GetValue(User)!.ToLowerInvariant();
        Platform.Identity.Role? role = null;
        if (result.GetValue(Role) is { } roleName)
        {
            if (!RoleName.TryParse(roleName, out var parsed))
                return CredentialFolder.Wrong($"There is no role '{roleName}'. Use {string.Join(", ", RoleName.All)}.");
            role = parsed;
        }

        TimeSpan? lifetime = null;
        if (result.GetValue(Expires) is { } expires)
        {
            if (!DurationText.TryParse(expires, out var time))
                return CredentialFolder.Wrong($"--expires: '{expires}' is no duration. Write for example 90d.");
            lifetime = time;
        }

        if (credentials.ApiTokens.Issue(user, result.GetValue(Name), role, result.GetValue(Customer), lifetime, out var token, out var issued) is { } wrong)
            return CredentialFolder.Wrong(wrong);
        credentials.Audit.Record(CredentialFolder.Actor, null, "token.add", $"{user}/{issued!.Name}", issued.Id);
        Console.WriteLine(token);
        return ExitCode.Done;
    }

    private static int Revoke(ParseResult result, Credentials credentials)
    {
        var (user, id) = (result.GetValue(User)!.ToLowerInvariant(), result.GetValue(Id)!);
        if (!credentials.ApiTokens.Revoke(user, id))
            return CredentialFolder.Wrong($"'{user}' has no token '{id}'. `./garam token list {user}` shows them.");
        credentials.Audit.Record(CredentialFolder.Actor, null, "token.revoke", user, id);
        Console.WriteLine("Revoked.");
        return ExitCode.Done;
    }
}

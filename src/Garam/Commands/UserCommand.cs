using System.CommandLine;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Users;

namespace Garam.Commands;

/// <summary><c>./garam user list | add | role | scope | passwd | disable | enable | remove</c>, on the data folder itself.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The user's name" };
    private static readonly Argument<string> NewRole = new("role") { Description = string.Join(", ", RoleName.All) };
    private static readonly Argument<string> Customer = new("customer") { Description = "Customer id, or 'all'" };
    private static readonly Option<string> RoleOption = new("--role") { Description = string.Join(", ", RoleName.All), DefaultValueFactory = _ => "viewer" };
    private static readonly Option<string?> CustomerOption = new("--customer") { Description = "The one customer whose devices the user sees (default all)" };
    private static readonly Option<string?> DisplayName = new("--display-name") { Description = "As the person wants to be called" };
    private static readonly Option<string?> Language = new("--language") { Description = "Of the pages: en or ko" };

    public static Command Create() => new("user", "Adds, changes and removes users; passwords are asked for, or read from the standard input.")
    {
        CredentialFolder.Command("list", "Lists users.", (_, credentials) => Task.FromResult(List(credentials))),
        CredentialFolder.Command("add", "Adds a user.", AddAsync, Name, RoleOption, CustomerOption, DisplayName, Language),
        CredentialFolder.Command("role", "Changes a user's role.", (r, c) => Task.FromResult(ChangeRole(r, c)), Name, NewRole),
        CredentialFolder.Command("scope", "Narrows a user to one customer, or to none with 'all'.", (r, c) => Task.FromResult(Scope(r, c)), Name, Customer),
        CredentialFolder.Command("passwd", "Sets a user's password.", PasswordAsync, Name),
        CredentialFolder.Command("disable", "Keeps a user out; the user's sessions end.", (r, c) => Task.FromResult(Change(c, r, "disabled true", u => u with { Disabled = true })), Name),
        CredentialFolder.Command("enable", "Lets a disabled user in again.", (r, c) => Task.FromResult(Change(c, r, "disabled false", u => u with { Disabled = false })), Name),
        CredentialFolder.Command("remove", "Removes a user with all tokens.", (r, c) => Task.FromResult(Remove(r, c)), Name),
    };

    private static int List(Credentials credentials)
    {
        Lines.WriteTable(
            ["name", "role", "customer", "state", "display name"],
            credentials.Users.All.Select(u =>
                (IReadOnlyList<string>)[u.Name, RoleName.Of(u.Role), u.CustomerId ?? "all", u.Disabled ? "disabled" : "", u.DisplayName ?? ""]));
        return ExitCode.Done;
    }

    private static async Task<int> AddAsync(ParseResult result, Credentials credentials)
    {
        if (!UserName.TryParse(result.GetValue(Name), out var name))
            return CredentialFolder.Wrong(UserName.Rule);
        if (!RoleName.TryParse(result.GetValue(RoleOption), out var role))
            return CredentialFolder.Wrong($"There is no role '{result.GetValue(RoleOption)}'. Use {string.Join(", ", RoleName.All)}.");
        if (UserBody.LanguageProblem(result.GetValue(Language)) is { } language)
            return CredentialFolder.Wrong(language);
        if (credentials.Users.TryGet(name, out _))
            return Told(credentials, UserOutcome.Taken, name, "user.add", "");
        if (await PasswordInput.ReadAsync(name) is not { } password)
            return ExitCode.Input;
        var customer = result.GetValue(CustomerOption);
        var outcome = credentials.Users.Add(name, result.GetValue(DisplayName), credentials.Passwords.Hash(password), role, customer, result.GetValue(Language));
        return Told(credentials, outcome, name, "user.add", $"role {RoleName.Of(role)}, customer {customer ?? "all"}");
    }

    private static int ChangeRole(ParseResult result, Credentials credentials) =>
        RoleName.TryParse(result.GetValue(NewRole), out var role)
            ? Change(credentials, result, $"role {RoleName.Of(role)}", u => u with { Role = role })
            : CredentialFolder.Wrong($"There is no role '{result.GetValue(NewRole)}'. Use {string.Join(", ", RoleName.All)}.");

    private static int Scope(ParseResult result, Credentials credentials)
    {
        var customer = result.GetValue(Customer)!;
        return Change(credentials, result, $"customer {customer}", u => u with { CustomerId = customer == "all" ? null : customer });
    }

    private static async Task<int> PasswordAsync(ParseResult result, Credentials credentials)
    {
        if (!UserName.TryParse(result.GetValue(Name), out var name) || !credentials.Users.TryGet(name, out _))
            return Told(credentials, UserOutcome.Unknown, result.GetValue(Name)!, "user.password", "");
        if (await PasswordInput.ReadAsync(name) is not { } password)
            return ExitCode.Input;
        var hash = credentials.Passwords.Hash(password);
        return Told(credentials, credentials.Users.Change(name, u => u with { PasswordHash = hash }), name, "user.password", null);
    }

    private static int Remove(ParseResult result, Credentials credentials)
    {
        var name = result.GetValue(Name)!.ToLowerInvariant();
        return Told(credentials, credentials.Users.Remove(name), name, "user.remove", null);
    }

    private static int Change(Credentials credentials, ParseResult result, string detail, Func<User, User> change)
    {
        var name = result.GetValue(Name)!.ToLowerInvariant();
        return Told(credentials, credentials.Users.Change(name, change), name, "user.put", detail);
    }

    private static int Told(Credentials credentials, UserOutcome outcome, string name, string action, string? detail)
    {
        if (outcome != UserOutcome.Done)
        {
            return CredentialFolder.Wrong(outcome switch
            {
                UserOutcome.Unknown => $"There is no user '{name}'. `./garam user list` shows them.",
                UserOutcome.Taken => $"There is a user '{name}' already. Use role, scope or passwd to change it.",
                UserOutcome.Full => $"There are {UserDirectory.UsersMax} users already.",
                _ => $"'{name}' is the last administrator; nobody could change users any more. Make another first.",
            });
        }

        credentials.Audit.Record(CredentialFolder.Actor, null, action, name, detail);
        Console.WriteLine("Done.");
        return ExitCode.Done;
    }
}

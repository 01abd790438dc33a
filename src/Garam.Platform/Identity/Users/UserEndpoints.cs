using Garam.Platform.Devices;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Platform.Identity.Users;

/// <summary>Users over REST, for administrators.</summary>
public static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/v1/users").WithTags("identity");
        users.MapGet("", (UserDirectory directory) => Results.Ok(new { items = directory.All.Select(View) }))
            .Require(Role.Administrator).WithSummary("Lists users, in order of their names.");
        users.MapGet("/{name}", (string name, UserDirectory directory) => directory.TryGet(name, out var entry) ? Results.Ok(View(entry.User)) : Unknown(name))
            .Require(Role.Administrator).WithSummary("One user.");
        users.MapPut("/{name}", Put).Require(Role.Administrator)
            .WithSummary("Adds or changes a user. A change of role, customer, password or disabled ends the user's sessions.");
        users.MapDelete("/{name}", Delete).Require(Role.Administrator).WithSummary("Removes a user with all tokens.");
    }

    private static IResult Put(
        string name, UserBody body, UserDirectory directory, DeviceRegistry registry, Passwords passwords, Caller caller, AuditTrail audit)
    {
        if (!UserName.TryParse(name, out var known))
            return Problem.Invalid(UserName.Rule);
        if (body.Problem() is { } wrong)
            return Problem.Invalid(wrong);
        if (body.CustomerId is { Length: > 0 } customer && !registry.Customers.Any(c => c.Id == customer))
            return Problem.Invalid($"customerId: there is no customer '{customer}'.");
        var exists = directory.TryGet(known, out _);
        if ((body.Password is not null || !exists) && PasswordRules.Problem(body.Password, known) is { } weak)
            return Problem.Of(StatusCodes.Status400BadRequest, "weak-password", weak);
        if (!exists && body.Role is null)
            return Problem.Invalid($"role is missing. Use {string.Join(", ", RoleName.All)}.");
        var hash = body.Password is null ? null : passwords.Hash(body.Password);
        var outcome = exists ? directory.Change(known, u => body.ApplyTo(u, hash)) : Add(directory, known, body, hash!);
        if (Refusal(outcome, known) is { } refusal)
            return refusal;
        audit.Record(caller, exists ? "user.put" : "user.add", known, body.Told());
        if (!directory.TryGet(known, out var entry))
            return Unknown(known);
        return exists ? Results.Ok(View(entry.User)) : Results.Created($"/api/v1/users/{known}", View(entry.User));
    }

    private static UserOutcome Add(UserDirectory directory, string name, UserBody body, string hash)
    {
        var user = body.ApplyTo(new User(name, null, hash, Role.Viewer, null, null, false, "", 0, 0), hash);
        return directory.Add(name, user.DisplayName, hash, user.Role, user.CustomerId, user.Language);
    }

    private static IResult Delete(string name, UserDirectory directory, Caller caller, AuditTrail audit)
    {
        if (Refusal(directory.Remove(name), name) is { } refusal)
            return refusal;
        audit.Record(caller, "user.remove", name);
        return Results.NoContent();
    }

    private static IResult? Refusal(UserOutcome outcome, string name) => outcome switch
    {
        UserOutcome.Done => null,
        UserOutcome.Unknown => Unknown(name),
        UserOutcome.Taken => Problem.Of(StatusCodes.Status409Conflict, "name-taken", $"There is a user '{name}' already."),
        UserOutcome.Full => Problem.Of(StatusCodes.Status507InsufficientStorage, "directory-full", $"There are {UserDirectory.UsersMax} users already."),
        _ => Problem.Of(StatusCodes.Status409Conflict, "last-administrator", $"'{name}' is the last administrator; nobody could change users any more. Make another first."),
    };

    private static object View(User user) => new
    {
        name = user.Name,
        displayName = user.DisplayName,
        role = RoleName.Of(user.Role),
        customerId = user.CustomerId,
        language = user.Language,
        disabled = user.Disabled,
        createdAt = TimeParameter.Format(user.CreatedUs),
        updatedAt = TimeParameter.Format(user.UpdatedUs),
    };

    private static IResult Unknown(string name) => Problem.NotFound($"There is no user '{name}'.");
}

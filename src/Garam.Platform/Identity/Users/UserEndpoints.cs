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

    private static IResult Put(string name, UserBody body, UserDesk desk, UserDirectory directory, Caller caller)
    {
        var answer = desk.Put(caller, name, body);
        if (Refusal(answer) is { } refusal)
            return refusal;
        if (!UserName.TryParse(name, out var known) || !directory.TryGet(known, out var entry))
            return Unknown(name);
        return answer.IsNew ? Results.Created($"/api/v1/users/{known}", View(entry.User)) : Results.Ok(View(entry.User));
    }

    private static IResult Delete(string name, UserDesk desk, Caller caller) => Refusal(desk.Remove(caller, name)) ?? Results.NoContent();

    private static IResult? Refusal(UserAnswer answer) => answer.Outcome switch
    {
        UserOutcome.Done => null,
        UserOutcome.Unknown => Problem.NotFound(answer.Detail),
        UserOutcome.WeakPassword => Problem.Of(StatusCodes.Status400BadRequest, "weak-password", answer.Detail),
        UserOutcome.Taken => Problem.Of(StatusCodes.Status409Conflict, "name-taken", answer.Detail),
        UserOutcome.Full => Problem.Of(StatusCodes.Status507InsufficientStorage, "directory-full", answer.Detail),
        UserOutcome.LastAdministrator => Problem.Of(StatusCodes.Status409Conflict, "last-administrator", answer.Detail),
        UserOutcome.FirstNotAdministrator => Problem.Of(StatusCodes.Status409Conflict, "first-not-administrator", answer.Detail),
        _ => Problem.Invalid(answer.Detail),
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

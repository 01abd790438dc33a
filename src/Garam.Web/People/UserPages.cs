using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.Tokens;
using Garam.Platform.Identity.Users;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.People;

/// <summary>Users, for administrators: the same rights, checks and words in the trail as over REST.</summary>
internal static class UserPages
{
    private const string OneUser = UserAddress.Users + "/{name}";

    public static void MapUserPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(UserAddress.Users, (HttpRequest request, string? done) => PageResult.Of<UsersPage>(new { Query = UsersQuery.Of(request.Query), Done = done }))
            .AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(UserAddress.Users, Add).AsPage(Role.Administrator, Reach.Platform);
        routes.MapGet(OneUser, (string name, UserDirectory users, string? done) =>
            users.TryGet(name, out var entry) ? PageResult.Of<UserPage>(new { Entry = entry, Done = done }) : Results.NotFound()).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneUser, (string name, [FromForm] IFormCollection form, UserDesk desk, UserDirectory users, Caller caller) =>
            Change(name, u => UserFields.Of(form).Changes(u), "saved", form, desk, users, caller)).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneUser + "/password", (string name, [FromForm] IFormCollection form, UserDesk desk, UserDirectory users, Caller caller) =>
            Change(name, _ => new UserBody(null, null, null, null, null, form["password"].ToString()), "password", null, desk, users, caller)).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneUser + "/disable", State(isDisabled: true)).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneUser + "/enable", State(isDisabled: false)).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneUser + "/remove", Remove).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneUser + "/tokens", IssueToken).AsPage(Role.Administrator, Reach.Platform);
        routes.MapPost(OneUser + "/tokens/{id}/revoke", RevokeToken).AsPage(Role.Administrator, Reach.Platform);
    }

    private static IResult Add([FromForm] IFormCollection form, HttpRequest request, UserDesk desk, Caller caller)
    {
        var fields = UserFields.Of(form);
        var answer = desk.Add(caller, fields.Name, fields.New(form["password"].ToString()));
        return answer.IsDone
            ? Results.LocalRedirect(UserAddress.Users + "?done=added")
            : PageResult.Of<UsersPage>(new { Query = UsersQuery.Of(request.Query), Fields = fields, Problem = UserProblem.Of(answer.Outcome) }, StatusCodes.Status400BadRequest);
    }

    private static Delegate State(bool isDisabled) => (string name, [FromForm] IFormCollection form, UserDesk desk, UserDirectory users, Caller caller) =>
        Change(name, _ => new UserBody(null, null, null, null, isDisabled, null), isDisabled ? "disabled" : "enabled", null, desk, users, caller);

    /// <param name="typed">The form to show again when it is refused; null shows the user as they are.</param>
    private static IResult Change(string name, Func<User, UserBody> changes, string done, IFormCollection? typed, UserDesk desk, UserDirectory users, Caller caller)
    {
        if (!users.TryGet(name, out var entry))
            return Results.NotFound();
        var body = changes(entry.User);
        if (body == new UserBody(null, null, null, null, null, null))
            return Results.LocalRedirect(UserAddress.Of(name));
        var answer = desk.Put(caller, name, body);
        return answer.IsDone
            ? Results.LocalRedirect(UserAddress.Of(name, "?done=" + done))
            : PageResult.Of<UserPage>(
                new { Entry = entry, Fields = typed is null ? null : UserFields.Of(typed), Problem = UserProblem.Of(answer.Outcome) }, StatusCodes.Status400BadRequest);
    }

    /// <summary>The form is read for its anti-forgery token alone.</summary>
    private static IResult Remove(string name, [FromForm] IFormCollection form, UserDesk desk, UserDirectory users, Caller caller)
    {
        if (!users.TryGet(name, out var entry))
            return Results.NotFound();
        var answer = desk.Remove(caller, name);
        return answer.IsDone
            ? Results.LocalRedirect(UserAddress.Users + "?done=removed")
            : PageResult.Of<UserPage>(new { Entry = entry, Problem = UserProblem.Of(answer.Outcome) }, StatusCodes.Status400BadRequest);
    }

    private static IResult IssueToken(string name, [FromForm] IFormCollection form, HttpContext http, UserDirectory users, ApiTokenDesk desk, AuditTrail audit, Caller caller)
    {
        var problem = TokenFields.Of(form).Issue(name, users, desk, audit, caller, out var token);
        if (!users.TryGet(name, out var entry))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return PageResult.Of<UserPage>(new { Entry = entry, Token = token, Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static IResult RevokeToken(string name, string id, [FromForm] IFormCollection form, ApiTokenDesk desk, AuditTrail audit, Caller caller)
    {
        if (!desk.Revoke(name, id))
            return Results.NotFound();
        audit.Record(caller, "token.revoke", name, id);
        return Results.LocalRedirect(UserAddress.Of(name, "?done=revoked"));
    }
}

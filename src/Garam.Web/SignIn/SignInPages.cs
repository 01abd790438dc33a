using Garam.Platform.Identity;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Garam.Web.SignIn;

/// <summary>The forms for signing in and for making the first administrator; the platform takes what they send.</summary>
internal static class SignInPages
{
    public static void MapSignInPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (AccessGuard guard, string? returnUrl, string? problem, int? seconds) =>
            guard.IsOpen ? Results.LocalRedirect("/")
            : guard.NeedsSetup ? Results.LocalRedirect("/setup")
            : PageResult.Of<SignInPage>(new { ReturnUrl = returnUrl, Problem = problem, Seconds = seconds })).AsOpenPage();
        routes.MapGet("/setup", (AccessGuard guard, string? problem, int? seconds) =>
            guard.NeedsSetup ? PageResult.Of<SetupPage>(new { Problem = problem, Seconds = seconds }) : Results.LocalRedirect("/sign-in")).AsOpenPage();
    }
}

using System.Globalization;
using Garam.Platform.Rest;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Identity.SignIn;

/// <summary>The API's answers to passwords that are not taken.</summary>
internal static class SignInProblem
{
    /// <summary>One answer for a wrong name, a wrong password and a disabled user.</summary>
    public static IResult Wrong() => Problem.Of(StatusCodes.Status401Unauthorized, "sign-in-failed", "The name or the password is wrong, or the user is disabled.");

    public static IResult TooMany(HttpContext http, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        http.Response.Headers.RetryAfter = seconds;
        return Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-attempts", $"Too many attempts to sign in. Try again in {seconds} s.");
    }
}

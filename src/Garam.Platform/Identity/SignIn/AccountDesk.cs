using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Identity.SignIn;

/// <summary>What people change of themselves, by page and by REST alike.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class AccountDesk
{
    private readonly UserDirectory _users;
    private readonly SignInDesk _signIn;
    private readonly Passwords _passwords;
    private readonly AuditTrail _audit;

    internal AccountDesk(Credentials credentials)
    {
        _users = credentials.Users;
        _signIn = credentials.SignIn;
        _passwords = credentials.Passwords;
        _audit = credentials.Audit;
    }

    /// <summary>Changes the caller's own password; all their other sessions end.</summary>
    /// <param name="user">The caller's name as a user.</param>
    public async Task<PasswordAnswer> ChangePasswordAsync(HttpContext http, Caller caller, string user, string? current, string? next, CancellationToken cancellation)
    {
        var result = await _signIn.TryAsync(user, current, caller.Address, cancellation);
        if (result.RetryAfter is { } wait)
            return new PasswordAnswer(PasswordOutcome.Limited, "Too many attempts.", wait);
        if (result.User is null)
            return new PasswordAnswer(PasswordOutcome.Wrong, "current is not your password.");
        if (PasswordRules.Problem(next, user) is { } weak)
            return new PasswordAnswer(PasswordOutcome.Weak, weak);
        var hash = _passwords.Hash(next!);
        _users.Change(user, u => u with { PasswordHash = hash });
        _audit.Record(caller, "user.password", user);
        await GoOnAsync(http, user);
        return new PasswordAnswer(PasswordOutcome.Done);
    }

    /// <summary>Ends every session and refresh token of the caller but the session that asks for it. API tokens stay.</summary>
    /// <param name="user">The caller's name as a user.</param>
    public async Task EndOtherSessionsAsync(HttpContext http, Caller caller, string user)
    {
        _users.EndSessions(user);
        _audit.Record(caller, "user.sign-out", user);
        await GoOnAsync(http, user);
    }

    /// <summary>The session that changed it goes on, under the new stamp.</summary>
    private async Task GoOnAsync(HttpContext http, string user)
    {
        if ((await RequestIdentity.OfAsync(http)).IsCookie && _users.TryGet(user, out var entry))
            await SessionCookie.SignInAsync(http, entry.User, remember: false);
    }
}

using System.Net;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Garam.Platform.Identity.SignIn;

/// <summary>Where names and passwords are looked at, for pages and for the API alike.</summary>
public sealed class SignInDesk
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    private readonly UserDirectory _users;
    private readonly Passwords _passwords;
    private readonly AttemptLimits _limits;
    private readonly AuditTrail _audit;
    private readonly ILogger _logger;

    internal SignInDesk(UserDirectory users, Passwords passwords, AttemptLimits limits, AuditTrail audit, ILogger logger)
    {
        _users = users;
        _passwords = passwords;
        _limits = limits;
        _audit = audit;
        _logger = logger;
    }

    /// <summary>Whose name and password these are. The answer tells nobody whether the name exists.</summary>
    public async Task<SignInResult> TryAsync(string? name, string? password, IPAddress? address, CancellationToken cancellation)
    {
        if (!UserName.TryParse(name, out var known) || password is null or { Length: > PasswordRules.CharactersMax })
            return new SignInResult(null, null);
        _users.Refresh();
        if (!_limits.TryTake(known, address, out var retryAfter))
        {
            _logger.LogWarning("Too many attempts to sign in as {User} from {Address}", known, address);
            return new SignInResult(null, retryAfter);
        }

        var user = _users.TryGet(known, out var entry) && !entry.User.Disabled ? entry.User : null;
        var verdict = await _passwords.VerifyAsync(user, password, cancellation);
        if (verdict is null)
            return new SignInResult(null, Busy);
        if (user is null || verdict == PasswordVerificationResult.Failed)
        {
            _logger.LogWarning("A wrong password or name was given for {User} from {Address}", known, address);
            return new SignInResult(null, null);
        }

        _limits.Forgive(known, address);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            _users.Rehash(user, _passwords.Hash(password));
        _audit.Record(user.Name, address?.ToString(), AuditTrail.SignIn, user.Name);
        return new SignInResult(user, null);
    }
}

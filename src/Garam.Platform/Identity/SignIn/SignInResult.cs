using Garam.Platform.Identity.Users;

namespace Garam.Platform.Identity.SignIn;

/// <summary>What became of a name and a password.</summary>
/// <param name="User">Who it is; null when refused.</param>
/// <param name="RetryAfter">Set when there were too many attempts: when to come back.</param>
public sealed record SignInResult(User? User, TimeSpan? RetryAfter);

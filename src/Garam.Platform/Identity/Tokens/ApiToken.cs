using Garam.Platform.Identity.Users;

namespace Garam.Platform.Identity.Tokens;

/// <summary>A long-lived bearer token that a user gave to a program. Its rights end where the user's end.</summary>
/// <param name="Id">For listing and revoking.</param>
/// <param name="UserName">Whose it is.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Hash">SHA-256 of the token in lower case hex: it is random and long, so no slower hash is needed.</param>
/// <param name="Role">At most the user's: the smaller of both counts when it is used.</param>
/// <param name="CustomerId">Narrows to one customer; null takes the user's.</param>
/// <param name="CreatedUs">Unix microseconds.</param>
/// <param name="ExpiresUs">Unix microseconds; null never.</param>
public sealed record ApiToken(
    string Id, string UserName, string Name, string Hash, Role Role, string? CustomerId, long CreatedUs, long? ExpiresUs)
{
    /// <summary>What it may do, for the audit trail.</summary>
    public string Told() => $"{Id}, role {RoleName.Of(Role)}, customer {CustomerId ?? "all"}";
}

using System.Buffers.Text;
using System.Security.Cryptography;
using Garam.Platform.Identity.Users;
using Garam.Platform.Rest;

namespace Garam.Platform.Identity.Tokens;

/// <summary>Gives out API tokens and takes them back.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ApiTokenDesk
{
    public const int NameCharactersMax = 64;

    /// <summary>Begins every token, so that scanners of leaked secrets can know one.</summary>
    public const string Prefix = "garam_";

    public static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(3_650);

    private const int TokenBytes = 32;

    private readonly UserDirectory _users;
    private readonly TimeProvider _time;

    internal ApiTokenDesk(UserDirectory users, TimeProvider time)
    {
        _users = users;
        _time = time;
    }

    /// <summary>A new token of a user.</summary>
    /// <param name="role">Null takes the user's.</param>
    /// <param name="customerId">Narrows it to one customer; null takes the user's.</param>
    /// <param name="lifetime">Null: until it is revoked.</param>
    /// <param name="token">Shown this once; only its hash is kept.</param>
    /// <returns>Why not; null when it is done.</returns>
    public string? Issue(string userName, string? name, Role? role, string? customerId, TimeSpan? lifetime, out string token, out ApiToken? issued)
    {
        (token, issued) = ("", null);
        if (!_users.TryGet(userName, out var entry))
            return $"There is no user '{userName}'.";
        var user = entry.User;
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameCharactersMax || name.Any(char.IsControl))
            return $"A token's name has 1 to {NameCharactersMax} characters: say what it is for.";
        if (role > user.Role)
            return $"'{userName}' is {RoleName.Of(user.Role)}; a token cannot have the role {RoleName.Of(role.Value)}.";
        if (user.CustomerId is not null && customerId is not null && customerId != user.CustomerId)
            return $"'{userName}' sees the customer '{user.CustomerId}' only.";
        if (lifetime is { } time && (time <= TimeSpan.Zero || time > LifetimeMax))
            return $"A token lives at most {LifetimeMax.TotalDays:0} days.";
        var now = TimeParameter.ToUs(_time.GetUtcNow());
        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var made = new ApiToken(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), userName, name, Convert.ToHexStringLower(AccessGuard.Hash(text)), role ?? user.Role,
            customerId ?? user.CustomerId, now, lifetime is { } life ? now + (life.Ticks / 10) : null);
        switch (_users.Add(made))
        {
            case UserOutcome.Done:
                (token, issued) = (text, made);
                return null;
            case UserOutcome.Full:
                return $"'{userName}' has {UserDirectory.TokensPerUserMax} tokens already. Revoke one.";
            default:
                return $"There is no user '{userName}'.";
        }
    }

    /// <summary>False: the user has no such token.</summary>
    public bool Revoke(string userName, string id) => _users.RemoveToken(userName, id);
}

using System.Security.Cryptography;
using System.Text;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Identity.Tokens;
using Garam.Platform.Identity.Users;
using Garam.Platform.Rest;

namespace Garam.Platform.Identity;

/// <summary>
/// Turns credentials into a <see cref="Principal"/>. While there is neither a configured token nor a user (possible on loopback only)
/// everybody on this machine is <see cref="Principal.Local"/>. Tokens are random and long, so a plain SHA-256 keeps them; comparisons take
/// constant time, or are look-ups by hash.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class AccessGuard
{
    /// <summary>Nothing longer is hashed or parsed.</summary>
    private const int TokenCharactersMax = 4_096;

    private const int DeviceTokenBytes = 24;

    private readonly (byte[] Hash, Principal Principal)[] _tokens;
    private readonly bool _mayBeOpen;
    private readonly DeviceRegistry _registry;
    private readonly UserDirectory _users;
    private readonly AccessTokens _access;
    private readonly TimeProvider _time;

    internal AccessGuard(GaramOptions options, DeviceRegistry registry, Credentials credentials, TimeProvider time)
    {
        _registry = registry;
        _users = credentials.Users;
        _access = credentials.AccessTokens;
        _time = time;
        _tokens =
        [
            .. options.Identity.Tokens.Select(t => (
                Hash(t.Token),
                new Principal(t.Name, RoleName.TryParse(t.Role, out var role) ? role : Role.Viewer) { Scope = AccessScope.Of(t.Customer, registry) })),
        ];
        _mayBeOpen = _tokens.Length == 0 && options.IsLoopback && options.Identity.SignIn == SignInMode.Auto;
    }

    /// <summary>True while anybody on this machine may do anything: no credentials exist, and only this machine can connect.</summary>
    public bool IsOpen => _mayBeOpen && _users.IsEmpty;

    /// <summary>True while nobody can get in but with the setup token.</summary>
    public bool NeedsSetup => !IsOpen && _users.IsEmpty && !Array.Exists(_tokens, t => t.Principal.Role == Role.Administrator);

    /// <summary>The bearer of a token of the configuration, of an API token or of an access token; null for anything else.</summary>
    public Principal? FromToken(string? token)
    {
        if (IsOpen)
            return Principal.Local;
        if (string.IsNullOrEmpty(token) || token.Length > TokenCharactersMax)
            return null;
        var hash = Hash(token);
        Principal? found = null;
        foreach (var (known, principal) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known))
                found = principal;
        }

        return found ?? FromUserToken(Convert.ToHexStringLower(hash)) ?? FromAccessToken(token);
    }

    /// <summary>A device with its own token, or with an API token that may send for it; null when neither fits.</summary>
    public Principal? FromDevice(string? deviceId, string? token)
    {
        if (IsOpen)
            return Principal.Local;
        if (string.IsNullOrEmpty(token) || token.Length > TokenCharactersMax)
            return null;
        if (deviceId is not null && _registry.TryGet(deviceId, out var entry) && entry.Current.CredentialHash is { } stored
            && CryptographicOperations.FixedTimeEquals(Hash(token), Convert.FromHexString(stored)))
        {
            return new Principal(deviceId, Role.Device, deviceId);
        }

        return FromToken(token) is { } principal && principal.May(Role.Operator) ? principal : null;
    }

    /// <summary>A user who signed in while their stamp was this; null when it is another now, or the user is disabled or gone.</summary>
    public Principal? FromSession(string userName, string stamp)
    {
        if (!_users.TryGet(userName, out var entry) || entry.User.Disabled || entry.User.Stamp != stamp)
            return null;
        return new Principal(userName, entry.User.Role)
        {
            UserName = userName,
            Scope = AccessScope.Of(entry.User.CustomerId, _registry),
            Ended = entry.Ended,
        };
    }

    /// <summary>A new random device token; shown once, of which only the hash is kept.</summary>
    public static (string Token, string Hash) NewDeviceToken()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(DeviceTokenBytes));
        return (token, Convert.ToHexStringLower(Hash(token)));
    }

    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private Principal? FromAccessToken(string token) =>
        _access.Read(token) is { } claims && FromSession(claims.User, claims.Stamp) is { } principal ? principal with { Until = claims.Until } : null;

    private Principal? FromUserToken(string hash)
    {
        if (!_users.TryGetToken(hash, out var found) || found.Owner.User.Disabled
            || (found.Token.ExpiresUs is { } expires && expires <= TimeParameter.ToUs(_time.GetUtcNow())))
        {
            return null;
        }

        // The smaller right of both: a user who lost a role or got a customer takes the tokens along.
        var (user, token) = (found.Owner.User, found.Token);
        if (user.CustomerId is not null && token.CustomerId is not null && user.CustomerId != token.CustomerId)
            return null;
        return new Principal($"{user.Name}/{token.Name}", token.Role < user.Role ? token.Role : user.Role)
        {
            UserName = user.Name,
            IsApiToken = true,
            Scope = AccessScope.Of(user.CustomerId ?? token.CustomerId, _registry),
            Ended = found.Owner.Ended,
            Until = token.ExpiresUs is { } until ? DateTimeOffset.UnixEpoch.AddMicroseconds(until) : null,
        };
    }
}

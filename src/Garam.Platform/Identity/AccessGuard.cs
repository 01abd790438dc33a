using System.Security.Cryptography;
using System.Text;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;

namespace Garam.Platform.Identity;

/// <summary>
/// Turns credentials into a <see cref="Principal"/>. While no token is configured (possible on loopback only) everybody is
/// <see cref="Principal.Local"/>. Tokens are random and long, so a plain SHA-256 keeps them; comparisons take constant time.
/// </summary>
public sealed class AccessGuard
{
    private const int DeviceTokenBytes = 24;

    private readonly (byte[] Hash, Principal Principal)[] _tokens;
    private readonly DeviceRegistry _registry;

    internal AccessGuard(IdentityOptions options, DeviceRegistry registry)
    {
        _registry = registry;
        _tokens = [.. options.Tokens.Select(t => (Hash(t.Token), new Principal(t.Name, RoleOf(t.Role)) { Scope = AccessScope.Of(t.Customer, registry) }))];
    }

    /// <summary>True while anybody on this machine may do anything.</summary>
    public bool IsOpen => _tokens.Length == 0;

    /// <summary>The bearer of an API token, or null.</summary>
    public Principal? FromToken(string? token)
    {
        if (IsOpen)
            return Principal.Local;
        if (string.IsNullOrEmpty(token))
            return null;
        var hash = Hash(token);
        Principal? found = null;
        foreach (var (known, principal) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known))
                found = principal;
        }

        return found;
    }

    /// <summary>A device with its own token, or with an API token that may send for it; null when neither fits.</summary>
    public Principal? FromDevice(string? deviceId, string? token)
    {
        if (IsOpen)
            return Principal.Local;
        if (string.IsNullOrEmpty(token))
            return null;
        if (deviceId is not null && _registry.TryGet(deviceId, out var entry) && entry.Current.CredentialHash is { } stored
            && CryptographicOperations.FixedTimeEquals(Hash(token), Convert.FromHexString(stored)))
        {
            return new Principal(deviceId, Role.Device, deviceId);
        }

        return FromToken(token) is { } principal && principal.May(Role.Operator) ? principal : null;
    }

    /// <summary>A new random device token; shown once, of which only the hash is kept.</summary>
    public static (string Token, string Hash) NewDeviceToken()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(DeviceTokenBytes));
        return (token, Convert.ToHexStringLower(Hash(token)));
    }

    /// <summary>Whether a token may have a role of this name.</summary>
    internal static bool IsRole(string name) => name is "viewer" or "operator" or "engineer" or "administrator";

    private static Role RoleOf(string name) => name switch
    {
        "administrator" => Role.Administrator,
        "engineer" => Role.Engineer,
        "operator" => Role.Operator,
        _ => Role.Viewer,
    };

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

using System.Text.Json;
using Garam.Platform.Configuration;
using Garam.Platform.Identity.Users;

namespace Garam.Platform.Identity.Tokens;

/// <summary>
/// Access tokens of the API: JSON Web Tokens (RFC 7519) that live a quarter of an hour. They say who and with which stamp; rights are looked
/// up, so a change of them needs no wait for the token's end.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class AccessTokens : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Clocks of nodes that share a key differ by less.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private const string Issuer = "garam";
    private const string Audience = "garam-api";

    private readonly SigningKey _key;
    private readonly TimeProvider _time;

    internal AccessTokens(DataFolder folder, JwtAlgorithm algorithm, TimeProvider time)
    {
        _key = SigningKeyFile.Open(folder, algorithm);
        _time = time;
    }

    /// <summary>A new token of this user.</summary>
    public string Issue(User user)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return JsonWebSignature.Write(
            JsonSerializer.SerializeToUtf8Bytes(new
            {
                iss = Issuer, aud = Audience, sub = user.Name, stamp = user.Stamp, role = RoleName.Of(user.Role), customer = user.CustomerId,
                iat = now, exp = now + (long)Lifetime.TotalSeconds, jti = Guid.NewGuid().ToString("N"),
            }),
            _key);
    }

    /// <summary>The public keys by which others may check tokens (RFC 7517); none with HS256.</summary>
    public IReadOnlyList<object> PublicKeys() => _key.PublicJwk() is { } jwk ? [jwk] : [];

    public void Dispose() => _key.Dispose();

    /// <summary>Whose token it is, and until when; null when it is not ours or its time is over.</summary>
    internal (string User, string Stamp, DateTimeOffset Until)? Read(string token)
    {
        if (!JsonWebSignature.TryRead(token, _key, out var payload))
            return null;
        try
        {
            using var document = JsonDocument.Parse(payload);
            return Claims(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private (string User, string Stamp, DateTimeOffset Until)? Claims(JsonElement claims)
    {
        if (claims.ValueKind != JsonValueKind.Object || Text(claims, "iss") != Issuer || Text(claims, "aud") != Audience
            || Text(claims, "sub") is not { } user || Text(claims, "stamp") is not { } stamp
            || Seconds(claims, "iat") is not { } issued || Seconds(claims, "exp") is not { } expires)
        {
            return null;
        }

        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)Skew.TotalSeconds;
        var isLive = issued <= now + skew && expires > now - skew && expires - issued <= (long)Lifetime.TotalSeconds;
        return isLive ? (user, stamp, DateTimeOffset.FromUnixTimeSeconds(expires)) : null;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Seconds that a time can hold.</summary>
    private static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds is > 0 and < 253_402_300_800 ? seconds : null;
}

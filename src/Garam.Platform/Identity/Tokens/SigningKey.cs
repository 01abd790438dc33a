using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Garam.Platform.Identity.Tokens;

/// <summary>A key that signs access tokens and checks them, and the one algorithm it is for: a token does not choose.</summary>
/// <remarks>Thread-safe. Written as a JSON Web Key (RFC 7517).</remarks>
internal sealed class SigningKey : IDisposable
{
    private const int SecretBytes = 32;
    private const int CoordinateBytes = 32;

    private readonly byte[]? _secret;
    private readonly ECDsa? _curve;
    private readonly Lock _using = new();

    private SigningKey(string id, byte[]? secret, ECDsa? curve)
    {
        Id = id;
        _secret = secret;
        _curve = curve;
    }

    public string Id { get; }

    public JwtAlgorithm Algorithm => _secret is null ? JwtAlgorithm.Es256 : JwtAlgorithm.Hs256;

    /// <summary>As the header of a token writes it.</summary>
    public string AlgorithmName => _secret is null ? "ES256" : "HS256";

    /// <summary>A new random key.</summary>
    public static SigningKey New(JwtAlgorithm algorithm)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return algorithm == JwtAlgorithm.Hs256
            ? new SigningKey(id, RandomNumberGenerator.GetBytes(SecretBytes), null)
            : new SigningKey(id, null, ECDsa.Create(ECCurve.NamedCurves.nistP256));
    }

    /// <summary>Reads a private JSON Web Key; null when it is none of ours.</summary>
    public static SigningKey? FromJwk(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var jwk = document.RootElement;
            var id = jwk.TryGetProperty("kid", out var kid) ? kid.GetString()! : "";
            return jwk.GetProperty("kty").GetString() switch
            {
                "oct" when Bytes(jwk, "k") is { Length: >= SecretBytes } secret => new SigningKey(id, secret, null),
                "EC" when jwk.GetProperty("crv").GetString() == "P-256" => new SigningKey(id, null, ECDsa.Create(new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") },
                    D = Bytes(jwk, "d"),
                })),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The private key as JSON.</summary>
    public string ToJwk()
    {
        if (_secret is not null)
            return JsonSerializer.Serialize(new { kty = "oct", alg = AlgorithmName, kid = Id, k = Base64Url.EncodeToString(_secret) });
        var key = Export(includePrivate: true);
        return JsonSerializer.Serialize(new
        {
            kty = "EC", crv = "P-256", alg = AlgorithmName, kid = Id,
            x = Base64Url.EncodeToString(key.Q.X), y = Base64Url.EncodeToString(key.Q.Y), d = Base64Url.EncodeToString(key.D),
        });
    }

    /// <summary>What others need to check a token; null for a secret that signs and checks alike.</summary>
    public object? PublicJwk()
    {
        if (_curve is null)
            return null;
        var key = Export(includePrivate: false);
        return new
        {
            kty = "EC", crv = "P-256", use = "sig", alg = AlgorithmName, kid = Id,
            x = Base64Url.EncodeToString(key.Q.X), y = Base64Url.EncodeToString(key.Q.Y),
        };
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        if (_secret is not null)
            return HMACSHA256.HashData(_secret, data);
        lock (_using)
            return _curve!.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (_secret is not null)
            return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_secret, data), signature);
        if (signature.Length != CoordinateBytes * 2)
            return false;
        lock (_using)
            return _curve!.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public void Dispose() => _curve?.Dispose();

    private ECParameters Export(bool includePrivate)
    {
        lock (_using)
            return _curve!.ExportParameters(includePrivate);
    }

    private static byte[] Bytes(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());
}

namespace Garam.Platform.Identity.Tokens;

/// <summary>How access tokens are signed (RFC 7518, §3.1).</summary>
public enum JwtAlgorithm
{
    /// <summary>HMAC with SHA-256: only this platform can check a token.</summary>
    Hs256,

    /// <summary>ECDSA on P-256 with SHA-256: others can check tokens with the public key.</summary>
    Es256,
}

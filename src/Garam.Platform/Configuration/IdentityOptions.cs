using Garam.Platform.Identity;
using Garam.Platform.Identity.Tokens;

namespace Garam.Platform.Configuration;

/// <summary>Who may use pages and API. As soon as there is a token here or a user, every request must show who it comes from.</summary>
public sealed record IdentityOptions
{
    /// <summary><c>required</c> demands credentials on loopback too, for a node behind a proxy.</summary>
    public SignInMode SignIn { get; set; } = SignInMode.Auto;

    /// <summary>A person is signed out after so long without a request.</summary>
    public int SessionHours { get; set; } = 12;

    /// <summary>How access tokens are signed: <c>hs256</c>, or <c>es256</c> so that others can check them with the public key.</summary>
    public JwtAlgorithm JwtAlgorithm { get; set; } = JwtAlgorithm.Hs256;

    /// <summary>How long the audit trail is kept.</summary>
    public int AuditRetainDays { get; set; } = 730;

    public IList<ApiTokenOptions> Tokens { get; init; } = [];
}

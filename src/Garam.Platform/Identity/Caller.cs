using System.Net;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Identity;

/// <summary>Who sent a request; an endpoint behind <c>Require</c> takes it as a parameter.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Address">From where; null when the transport has no address.</param>
/// <param name="Until">When the credential expires, or a session must be renewed; null when never.</param>
public sealed record Caller(Principal Principal, IPAddress? Address, DateTimeOffset? Until)
{
    /// <summary>Which devices the caller sees.</summary>
    public AccessScope Scope => Principal.Scope;

    /// <summary>Fires when the caller's rights end or change; <see cref="OpenStream"/> also minds the credential's expiry.</summary>
    public CancellationToken Ended => Principal.Ended;

    /// <summary>Found by the framework when a handler has a parameter of this type.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult<Caller?>(Of(http));

    /// <summary>The caller of a request that has passed <c>Require</c>.</summary>
    /// <exception cref="InvalidOperationException">The endpoint has no <c>Require</c>.</exception>
    public static Caller Of(HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException($"The endpoint {http.Request.Path} asks for its caller and has no Require.");

    /// <summary>
    /// For answers that stay open, as server-sent events do: the token fires when the caller's rights change or expire, or one of the others
    /// fires. A browser then connects again by itself, and is asked again who it is.
    /// </summary>
    public StreamEnd OpenStream(TimeProvider time, params CancellationToken[] others) => new(this, time, others);
}

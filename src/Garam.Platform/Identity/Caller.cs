using System.Net;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Identity;

/// <summary>Who sent a request; an endpoint behind <c>Require</c> takes it as a parameter.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Address">From where; null when the transport has no address.</param>
/// <param name="Ended">Fires when the right to what is being sent ends: a stream closes then.</param>
public sealed record Caller(Principal Principal, IPAddress? Address, CancellationToken Ended)
{
    /// <summary>Which devices the caller sees.</summary>
    public AccessScope Scope => Principal.Scope;

    /// <summary>Found by the framework when a handler has a parameter of this type.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult<Caller?>(Of(http));

    /// <summary>The caller of a request that has passed <c>Require</c>.</summary>
    /// <exception cref="InvalidOperationException">The endpoint has no <c>Require</c>.</exception>
    public static Caller Of(HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException($"The endpoint {http.Request.Path} asks for its caller and has no Require.");
}

using Garam.Platform.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Platform.Identity.SignIn;

/// <summary>Who a request comes from: a bearer token when it carries one, else the session cookie, else this machine while no sign-in is needed.</summary>
/// <param name="Principal">Who; null when nobody is told or believed.</param>
/// <param name="IsCookie">A browser sends the cookie by itself, so changes need the anti-forgery token.</param>
/// <param name="AskAgain">When a stream on this request should close, to be opened anew.</param>
internal sealed record RequestIdentity(Principal? Principal, bool IsCookie, DateTimeOffset? AskAgain)
{
    private static readonly RequestIdentity Nobody = new(null, false, null);

    /// <summary>Asked once a request.</summary>
    public static async ValueTask<RequestIdentity> OfAsync(HttpContext http)
    {
        if (http.Features.Get<RequestIdentity>() is { } known)
            return known;
        var found = await FindAsync(http, http.RequestServices.GetRequiredService<AccessGuard>());
        http.Features.Set(found);
        return found;
    }

    /// <summary>The sender of a device's readings; null when its credentials are not valid.</summary>
    public static Principal? Device(HttpContext http, AccessGuard guard, string deviceId) =>
        guard.IsOpen && !LoopbackDoor.Admits(http.Request) ? null : guard.FromDevice(deviceId, Authorization.Token(http.Request));

    /// <summary>The bearer of the request's token; null when it has none that is valid. Cookies do not count: this is for programs.</summary>
    public static Principal? Bearer(HttpContext http, AccessGuard guard) =>
        guard.IsOpen && !LoopbackDoor.Admits(http.Request) ? null : guard.FromToken(Authorization.Token(http.Request));

    private static async ValueTask<RequestIdentity> FindAsync(HttpContext http, AccessGuard guard)
    {
        if (guard.IsOpen)
            return LoopbackDoor.Admits(http.Request) ? new RequestIdentity(Principal.Local, false, null) : Nobody;
        if (Authorization.Token(http.Request) is { } token)
            return new RequestIdentity(guard.FromToken(token), false, null);
        return await SessionCookie.ReadAsync(http, guard) is { } session ? new RequestIdentity(session.Principal, true, session.AskAgain) : Nobody;
    }
}

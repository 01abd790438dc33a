using System.Net;
using Microsoft.AspNetCore.Http;

namespace Garam.Platform.Identity.SignIn;

/// <summary>
/// Who counts as "on this machine" while no sign-in is needed. A page of the internet, open in a browser here, can make that browser ask
/// 127.0.0.1 too, by a cross-site request or by a name that resolves to loopback; such requests are nobody's.
/// </summary>
internal static class LoopbackDoor
{
    /// <summary>A proxy carries requests of others.</summary>
    private static readonly string[] OfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public static bool Admits(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
            return false;
        if (!IsLoopbackName(request.Host.Host) || Array.Exists(OfProxies, request.Headers.ContainsKey))
            return false;
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, new Uri($"{from.Scheme}://{request.Host.Value}").Authority, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

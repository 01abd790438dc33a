using Microsoft.AspNetCore.Http;

namespace Garam.Web.Visits;

/// <summary>Light, dark, or as the reader's system has it.</summary>
internal static class VisitTheme
{
    public const string Light = "light";
    public const string Dark = "dark";
    public const string Cookie = "garam-theme";

    public static string Of(HttpRequest request) =>
        request.Cookies.TryGetValue(Cookie, out var theme) && theme is Light or Dark ? theme : "";

    /// <summary>What the switch turns to: from the system's to dark, to light, and back.</summary>
    public static string Next(string theme) => theme switch { "" => Dark, Dark => Light, _ => "" };
}

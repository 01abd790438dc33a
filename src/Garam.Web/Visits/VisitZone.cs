using Microsoft.AspNetCore.Http;

namespace Garam.Web.Visits;

/// <summary>The zone in which a reader's times are written: their browser's, which its script keeps in a cookie; UTC before that.</summary>
internal static class VisitZone
{
    public const string Cookie = "garam-zone";

    /// <summary>Longest name that is looked up; the longest of the IANA list has 32 characters.</summary>
    private const int NameMax = 64;

    public static bool IsKnown(HttpRequest request) => Find(request) is not null;

    public static TimeZoneInfo Of(HttpRequest request) => Find(request) ?? TimeZoneInfo.Utc;

    private static TimeZoneInfo? Find(HttpRequest request) =>
        request.Cookies.TryGetValue(Cookie, out var name) && name.Length is > 0 and <= NameMax && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone : null;
}

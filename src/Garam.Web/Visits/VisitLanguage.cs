using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Garam.Web.Visits;

/// <summary>The reader's language: what they chose here, else in their account, else what their browser prefers, else English.</summary>
internal static class VisitLanguage
{
    public const string English = "en";
    public const string Korean = "ko";
    public const string Cookie = "garam-language";

    private static readonly CultureInfo EnglishCulture = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo KoreanCulture = CultureInfo.GetCultureInfo("ko-KR");

    public static bool Exists(string? language) => language is English or Korean;

    public static CultureInfo Culture(string language) => language == Korean ? KoreanCulture : EnglishCulture;

    /// <param name="ofUser">What the user's account says; null when it says nothing.</param>
    public static string Of(HttpRequest request, string? ofUser)
    {
        if (request.Cookies.TryGetValue(Cookie, out var chosen) && Exists(chosen))
            return chosen;
        if (Exists(ofUser))
            return ofUser!;
        var preferred = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1, Comparer<double>.Default)
            .Select(l => Primary(l)).FirstOrDefault(Exists);
        return preferred ?? English;
    }

    private static string Primary(StringWithQualityHeaderValue language)
    {
        var tag = language.Value.Value ?? "";
        var dash = tag.IndexOf('-', StringComparison.Ordinal);
        return (dash < 0 ? tag : tag[..dash]).ToLowerInvariant();
    }
}

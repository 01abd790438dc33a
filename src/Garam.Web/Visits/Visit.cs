using System.Globalization;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Visits;

/// <summary>Who reads a page and how: language, zone, theme, rights. One a request; components inject it.</summary>
internal sealed class Visit
{
    private readonly TimeProvider _time;

    public Visit(IHttpContextAccessor accessor, UserDirectory users, TimeProvider time)
    {
        _time = time;
        var request = accessor.HttpContext!.Request;
        Caller = accessor.HttpContext.Features.Get<Caller>();
        User = Caller?.Principal.UserName is { } name && users.TryGet(name, out var entry) ? entry.User : null;
        Language = VisitLanguage.Of(request, User?.Language);
        Culture = VisitLanguage.Culture(Language);
        Zone = VisitZone.Of(request);
        HasZone = VisitZone.IsKnown(request);
        Theme = VisitTheme.Of(request);
        Path = request.Path.Value ?? "/";
        Address = request.Path + request.QueryString;
    }

    /// <summary><c>en</c> or <c>ko</c>.</summary>
    public string Language { get; }

    public CultureInfo Culture { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>Whether the reader's browser has told its zone; until then times are in UTC and its script puts them right.</summary>
    public bool HasZone { get; }

    /// <summary><c>light</c>, <c>dark</c>, or empty: as the reader's system has it.</summary>
    public string Theme { get; }

    public string Path { get; }

    /// <summary>Path and query, to come back to.</summary>
    public string Address { get; }

    /// <summary>Null on the pages that anybody sees: sign-in, errors.</summary>
    public Caller? Caller { get; }

    /// <summary>The user who has signed in; null on this machine without sign-in, and for tokens.</summary>
    public User? User { get; }

    /// <summary>Which devices the reader sees.</summary>
    /// <exception cref="InvalidOperationException">The page is open to all, and must show none.</exception>
    public AccessScope Scope => Caller?.Scope ?? throw new InvalidOperationException($"{Path} has no caller and asks for devices.");

    /// <summary>Now, Unix microseconds: a stream outlives its request's first moment.</summary>
    public long NowUs => Platform.Rest.TimeParameter.ToUs(_time.GetUtcNow());

    /// <summary>A text of the pages in the reader's language.</summary>
    public string this[string key] => Wording.Text(key, Culture);

    /// <summary>A text with places, filled.</summary>
    public string this[string key, params ReadOnlySpan<object?> values] => string.Format(Culture, Wording.Text(key, Culture), values);

    /// <summary>The one of two texts that is in the reader's language.</summary>
    public string Choose(string english, string korean) => Language == VisitLanguage.Korean && korean.Length > 0 ? korean : english;

    /// <summary>The text of the reader's language, else English, else any; null when there is none.</summary>
    public string? Choose(IReadOnlyDictionary<string, string> texts) =>
        texts.GetValueOrDefault(Language) ?? texts.GetValueOrDefault(VisitLanguage.English) ?? texts.Values.FirstOrDefault();

    public bool May(Role role) => Caller?.Principal.May(role) ?? false;
}

using System.Globalization;
using System.Resources;
using Garam.Decoding;
using Garam.Decoding.Specs;
using Garam.Expressions;

namespace Garam.Web.Visits;

/// <summary>
/// The Korean of what the platform says in English: texts of <c>Phrasebook.ko.resx</c>, found by the English one, with the same places.
/// The pages' own texts are in <see cref="Wording"/>.
/// </summary>
internal static class Phrasebook
{
    private static readonly ResourceManager Texts = new("Garam.Web.Visits.Phrasebook", typeof(Phrasebook).Assembly);

    // Without the languages above: there is no English book, the English texts are the keys.
    private static readonly ResourceSet Korean =
        Texts.GetResourceSet(CultureInfo.GetCultureInfo("ko"), createIfNotExists: true, tryParents: false)
        ?? throw new MissingManifestResourceException("Garam.Web has no resources for ko.");

    /// <summary>The Korean of an English text or format; null when it has none.</summary>
    public static string? Find(string english) => Korean.GetString(english);

    /// <summary>The text in the reader's language; a text without a Korean one stays as it is.</summary>
    public static string Say(this Visit visit, string english) => visit.Language == VisitLanguage.Korean ? Find(english) ?? english : english;

    /// <summary>A decode error in the reader's language.</summary>
    public static string Say(this Visit visit, in DecodeError error) => error.ToString(visit.Say);

    /// <summary>A phrase in the reader's language.</summary>
    public static string Say(this Visit visit, Phrase phrase) => phrase.ToString(visit.Say);

    /// <summary>A problem in the reader's language: what is wrong and what to do, sentences.</summary>
    public static string Say(this Visit visit, SpecProblem problem) => $"{visit.Say(problem.Message)}. {visit.Say(problem.Remedy)}";
}

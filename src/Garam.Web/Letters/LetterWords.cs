using System.Globalization;
using System.Text.Json;
using Garam.Decoding;
using Garam.Platform.DeadLetters;
using Garam.Web.Visits;

namespace Garam.Web.Letters;

/// <summary>Reasons of dead letters in the reader's language. Letters are kept in English: their texts are known again by their formats.</summary>
internal static class LetterWords
{
    private static readonly Dictionary<string, DecodeErrorCode> Codes =
        Enum.GetValues<DecodeErrorCode>().ToDictionary(code => JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString()), StringComparer.Ordinal);

    private static readonly string[] Places = [DecodeErrorText.AtRowAndByte, DecodeErrorText.AtRow, DecodeErrorText.AtByte];

    /// <summary>A reason's name: in English the code itself.</summary>
    public static string Reason(string code, Visit visit) => visit.Say(code);

    /// <summary>What was wrong; a text that is not known again stays English.</summary>
    public static string Detail(string code, string detail, Visit visit) => visit.Language == VisitLanguage.Korean ? InKorean(code, detail) : detail;

    /// <inheritdoc cref="Detail"/>
    public static string InKorean(string code, string detail) =>
        (Codes.TryGetValue(code, out var error) ? OfDecoder(error, detail) : null)
        ?? DeadDetail.All.Select(format => Filled(format, detail)).FirstOrDefault(text => text is not null)
        ?? detail;

    private static string? OfDecoder(DecodeErrorCode code, string detail)
    {
        // The place is what stands last, whatever names stand before it.
        var at = detail.LastIndexOf(" (", StringComparison.Ordinal);
        foreach (var place in at < 0 ? [] : Places)
        {
            if (KeptText.Read(place["{0}".Length..], detail[at..]) is { } values && Filled(DecodeErrorText.Of(code), detail[..at]) is { } reason)
                return Format(place, [reason, .. values[1..]]);
        }

        return Filled(DecodeErrorText.Of(code), detail);
    }

    /// <summary>The Korean of a text of this format, or null.</summary>
    private static string? Filled(string format, string text) =>
        KeptText.Read(format, text) is { } values ? Format(format, [.. values.Select(Inner)]) : null;

    /// <summary>What stands in a place may be a text of its own.</summary>
    private static string Inner(string value) => Phrasebook.Find(value) ?? value;

    private static string Format(string english, string[] values) =>
        string.Format(CultureInfo.InvariantCulture, Phrasebook.Find(english) ?? english, values);
}

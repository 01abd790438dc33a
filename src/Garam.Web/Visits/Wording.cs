using System.Globalization;
using System.Resources;

namespace Garam.Web.Visits;

/// <summary>The pages' texts, from <c>Wording.resx</c> (English) and <c>Wording.ko.resx</c>.</summary>
internal static class Wording
{
    private static readonly ResourceManager Texts = new("Garam.Web.Visits.Wording", typeof(Wording).Assembly);

    /// <summary>The text of a key.</summary>
    /// <exception cref="MissingManifestResourceException">No language has the key.</exception>
    public static string Text(string key, CultureInfo culture) =>
        Texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"Wording.resx has no text '{key}'.");

    /// <summary>As <see cref="Text"/>, or null: for names that come from data, such as those of metrics.</summary>
    public static string? Find(string key, CultureInfo culture) => Texts.GetString(key, culture);
}

using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Garam.Web.Assets;

/// <summary>
/// Script, styles and icons as the build embedded them. Every file bears a hash of its content in its name, so that a browser may keep it
/// for a year.
/// </summary>
internal static class AssetCatalog
{
    public const string Path = "/assets/";

    private const string Prefix = "client/";

    private static readonly Assembly Holder = typeof(AssetCatalog).Assembly;
    private static readonly FrozenSet<string> Files = Holder.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Names = Read<Dictionary<string, string>>("assets.json").ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, string> Icons = Read<Dictionary<string, string>>("icons.json").ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The address of a file by its plain name: <c>site.css</c>.</summary>
    public static string Url(string name) => Path + Names[name];

    /// <summary>The inside of an outline icon's svg element, 24 by 24.</summary>
    public static string Icon(string name) => Icons[name];

    /// <summary>Whether a file of this hashed name is served.</summary>
    public static bool Serves(string file) => Names.Values.Contains(file);

    /// <summary>The bytes of a hashed file, or of its compressed form (<paramref name="suffix"/> <c>.br</c> or <c>.gz</c>); null when there is none.</summary>
    public static Stream? Open(string file, string suffix = "") =>
        Files.Contains(file + suffix) ? Holder.GetManifestResourceStream(Prefix + file + suffix) : null;

    private static T Read<T>(string file)
    {
        using var stream = Open(file) ?? throw new InvalidOperationException($"The build embedded no {file}.");
        return JsonSerializer.Deserialize<T>(stream)!;
    }
}

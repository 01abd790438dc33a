namespace Garam.Platform.Identity.SignIn;

/// <summary>Where a person goes after signing in: a path of this node, never another site.</summary>
internal static class ReturnAddress
{
    private const int CharactersMax = 2_000;

    public static string Of(string? asked) =>
        asked is { Length: > 0 and <= CharactersMax } && asked[0] == '/'
        && (asked.Length == 1 || asked[1] is not ('/' or '\\')) && !asked.Any(char.IsControl)
            ? asked : "/";
}

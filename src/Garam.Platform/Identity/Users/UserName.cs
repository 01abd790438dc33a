using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Garam.Platform.Identity.Users;

/// <summary>How a user's name is written: lower case letters, digits and <c>. _ @ -</c>, so that no two look alike.</summary>
public static class UserName
{
    public const int CharactersMax = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._@-");

    /// <summary>Reads a name as typed; capitals become small.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (text is null || text.Length is 0 or > CharactersMax)
            return false;
        var lower = text.ToLowerInvariant();
        if (lower.AsSpan().ContainsAnyExcept(Allowed) || !char.IsAsciiLetterOrDigit(lower[0]))
            return false;
        name = lower;
        return true;
    }

    /// <summary>What a name must be, for a message.</summary>
    public const string Rule = "A user's name has 1 to 64 letters a-z, digits and . _ @ -, and begins with a letter or digit.";
}

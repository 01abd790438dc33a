namespace Garam.Platform.Identity.Users;

/// <summary>What a password must be: long rather than strange, and not what anybody would try first.</summary>
public static class PasswordRules
{
    public const int CharactersMin = 10;

    /// <summary>Hashing takes time by length; nobody types more.</summary>
    public const int CharactersMax = 256;

    /// <summary>Why this cannot be the password of this user; null when it can.</summary>
    public static string? Problem(string? password, string userName)
    {
        if (password is null || password.Length < CharactersMin)
            return $"The password has fewer than {CharactersMin} characters. A sentence of a few words is good.";
        if (password.Length > CharactersMax)
            return $"The password has more than {CharactersMax} characters.";
        if (password.Contains(userName, StringComparison.OrdinalIgnoreCase) && password.Length - userName.Length < CharactersMin)
            return "The password is little more than the user's name. Choose another.";
        return password.Distinct().Count() < 4 ? "The password repeats the same few characters. Choose another." : null;
    }
}

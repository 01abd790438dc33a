using System.Security.Cryptography;
using System.Text;
using Garam.Platform.Identity.Users;

namespace Garam.Platform.Identity.SignIn;

/// <summary>
/// The way in to a node that nobody can sign in to yet: a random text that <c>up</c> prints, good for making the first administrator.
/// Kept in memory only, and void as soon as there is a user.
/// </summary>
public sealed class SetupToken
{
    private readonly UserDirectory _users;

    internal SetupToken(UserDirectory users)
    {
        _users = users;
        Text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>What <c>up</c> prints while <see cref="IsValid"/>.</summary>
    public string Text { get; }

    public bool IsValid => _users.IsEmpty;

    public bool Matches(string? text) =>
        IsValid && text is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}

namespace Garam.Platform.Identity.Users;

/// <summary>A person who signs in. Immutable; a change replaces the whole record in the directory.</summary>
/// <param name="Name">Unique, in lower case (<see cref="UserName"/>).</param>
/// <param name="DisplayName">As the person wants to be called; null takes the name.</param>
/// <param name="PasswordHash">Of the framework's hasher.</param>
/// <param name="CustomerId">The one customer whose devices the user sees; null sees all.</param>
/// <param name="Language">Of the pages: <c>en</c> or <c>ko</c>; null takes the browser's.</param>
/// <param name="Stamp">Random, and new whenever rights or password change: what was signed in with the old one ends.</param>
/// <param name="CreatedUs">Unix microseconds.</param>
/// <param name="UpdatedUs">Unix microseconds.</param>
public sealed record User(
    string Name,
    string? DisplayName,
    string PasswordHash,
    Role Role,
    string? CustomerId,
    string? Language,
    bool Disabled,
    string Stamp,
    long CreatedUs,
    long UpdatedUs)
{
    /// <summary>What the pages show.</summary>
    public string Shown => DisplayName ?? Name;

    /// <summary>Whether this user alone could keep the platform in hand.</summary>
    internal bool IsFullAdministrator => Role == Role.Administrator && !Disabled && CustomerId is null;

    /// <summary>Never with the hash: records print themselves into logs.</summary>
    public override string ToString() => $"{Name} ({Role})";
}

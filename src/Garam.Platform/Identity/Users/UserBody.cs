namespace Garam.Platform.Identity.Users;

/// <summary>A user as REST takes it. What is left out stays as it is; an empty <c>customerId</c> takes the customer away.</summary>
public sealed record UserBody(string? DisplayName, string? Role, string? CustomerId, string? Language, bool? Disabled, string? Password)
{
    private const int DisplayNameMax = 128;
    private const int CustomerIdMax = 128;

    /// <summary>What is wrong with it, beside the password; null when nothing.</summary>
    public string? Problem()
    {
        if (DisplayName is { Length: > DisplayNameMax })
            return $"displayName has more than {DisplayNameMax} characters.";
        if (Role is not null && !RoleName.TryParse(Role, out _))
            return $"role: '{Role}' does not exist. Use {string.Join(", ", RoleName.All)}.";
        if (CustomerId is { Length: > CustomerIdMax })
            return $"customerId has more than {CustomerIdMax} characters.";
        return LanguageProblem(Language);
    }

    /// <summary>Why pages cannot be shown in this language; null when they can. Empty leaves it to the browser.</summary>
    public static string? LanguageProblem(string? language) =>
        language is null or "" or "en" or "ko" ? null : $"language: '{language}' is not there. Use en or ko.";

    /// <summary>The user with these changes.</summary>
    public User ApplyTo(User user, string? passwordHash) => user with
    {
        DisplayName = DisplayName is null ? user.DisplayName : NullIfEmpty(DisplayName),
        Role = Role is not null && RoleName.TryParse(Role, out var role) ? role : user.Role,
        CustomerId = CustomerId is null ? user.CustomerId : NullIfEmpty(CustomerId),
        Language = Language is null ? user.Language : NullIfEmpty(Language),
        Disabled = Disabled ?? user.Disabled,
        PasswordHash = passwordHash ?? user.PasswordHash,
    };

    /// <summary>What it changes, for the audit trail.</summary>
    public string Told() => string.Join(", ", new[]
    {
        ("name", DisplayName), ("role", Role), ("customer", CustomerId), ("language", Language),
        ("disabled", Disabled?.ToString().ToLowerInvariant()), ("password", Password is null ? null : "changed"),
    }.Where(change => change.Item2 is not null).Select(change => $"{change.Item1} {change.Item2}"));

    /// <summary>Never with the password: records print themselves into logs.</summary>
    public override string ToString() => Told();

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

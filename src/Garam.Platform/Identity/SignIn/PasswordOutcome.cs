namespace Garam.Platform.Identity.SignIn;

/// <summary>What became of a person's change of their own password.</summary>
public enum PasswordOutcome
{
    Done,

    /// <summary>The present password is another.</summary>
    Wrong,

    /// <summary>The new one cannot be a password.</summary>
    Weak,

    /// <summary>There were too many attempts.</summary>
    Limited,
}

namespace Garam.Platform.Identity;

/// <summary>Whether a node on loopback may be used without credentials.</summary>
public enum SignInMode
{
    /// <summary>On loopback, while there is neither a user nor a token, everybody on the machine may do everything.</summary>
    Auto,

    /// <summary>Never without credentials.</summary>
    Required,
}

namespace Garam.Platform.Identity.Users;

/// <summary>What became of a change of a user.</summary>
public enum UserOutcome
{
    Done,

    /// <summary>There is no such user.</summary>
    Unknown,

    /// <summary>The name is taken.</summary>
    Taken,

    /// <summary>There are as many users or tokens as the directory holds.</summary>
    Full,

    /// <summary>It would leave nobody who may change users.</summary>
    LastAdministrator,
}

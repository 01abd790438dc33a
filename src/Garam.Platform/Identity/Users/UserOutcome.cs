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

    /// <summary>Nobody signs in yet, and from the first user on everybody must: that one has to be able to let others in.</summary>
    FirstNotAdministrator,

    /// <summary>It cannot be a user's name.</summary>
    BadName,

    /// <summary>The password cannot be this user's.</summary>
    WeakPassword,

    /// <summary>There is no such customer.</summary>
    UnknownCustomer,

    /// <summary>Something else of what was sent cannot be.</summary>
    Invalid,
}

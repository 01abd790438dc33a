using Garam.Platform.Identity.SignIn;
using Garam.Platform.Identity.Users;

namespace Garam.Web.People;

/// <summary>Words of the pages' texts for what can be wrong with a form.</summary>
internal static class UserProblem
{
    public static string Of(UserOutcome outcome) => outcome switch
    {
        UserOutcome.Unknown => "gone",
        UserOutcome.Taken => "taken",
        UserOutcome.Full => "full",
        UserOutcome.LastAdministrator => "last",
        UserOutcome.FirstNotAdministrator => "first",
        UserOutcome.BadName => "name",
        UserOutcome.WeakPassword => "weak",
        UserOutcome.UnknownCustomer => "customer",
        _ => "invalid",
    };

    public static string Of(PasswordOutcome outcome) => outcome switch
    {
        PasswordOutcome.Wrong => "wrong",
        PasswordOutcome.Limited => "limited",
        _ => "weak",
    };
}

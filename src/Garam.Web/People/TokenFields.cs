using System.Globalization;
using Garam.Platform.Identity;
using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.Tokens;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.People;

/// <summary>The form of a new API token.</summary>
/// <param name="Role">Empty takes the user's.</param>
/// <param name="Days">Until it expires; empty never.</param>
internal sealed record TokenFields(string Name, string Role, string Days)
{
    public static TokenFields Of(IFormCollection form) => new(form["token"].ToString().Trim(), form["tokenRole"].ToString(), form["days"].ToString());

    /// <summary>Makes it.</summary>
    /// <param name="token">Shown this once; null when it is refused.</param>
    /// <returns>A word for what was wrong; null when it is made.</returns>
    public string? Issue(string user, UserDirectory users, ApiTokenDesk desk, AuditTrail audit, Caller caller, out string? token)
    {
        token = null;
        Role? role = null;
        if (Role.Length > 0)
        {
            if (!RoleName.TryParse(Role, out var named))
                return "invalid";
            role = named;
        }

        TimeSpan? lifetime = null;
        if (Days.Length > 0)
        {
            if (!int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days < 1 || days > ApiTokenDesk.LifetimeMax.TotalDays)
                return "days";
            lifetime = TimeSpan.FromDays(days);
        }

        if (Name.Length is 0 or > ApiTokenDesk.NameCharactersMax)
            return "token";
        if (desk.Issue(user, Name, role, null, lifetime, out var text, out var issued) is not null)
            return users.TryGet(user, out var entry) && entry.Tokens.Count >= UserDirectory.TokensPerUserMax ? "tokens" : "invalid";
        audit.Record(caller, "token.add", $"{user}/{issued!.Name}", issued.Told());
        token = text;
        return null;
    }
}

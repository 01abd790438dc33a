using Garam.Platform.Identity.Users;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.People;

/// <summary>Which users are listed; all of it stands in the address.</summary>
/// <param name="Text">Must occur in the name or the shown name.</param>
/// <param name="After">Only names behind this one: where the page before ended.</param>
public sealed record UsersQuery(string Text, string Role, string Customer, string After)
{
    private const int TextMax = 128;

    public bool IsEmpty => Text.Length == 0 && Role.Length == 0 && Customer.Length == 0;

    internal static UsersQuery Of(IQueryCollection query) => new(AddressText.Read(query["q"], TextMax), AddressText.Read(query["role"], TextMax), AddressText.Read(query["customer"], TextMax), AddressText.Read(query["after"], TextMax));

    public bool Takes(User user) =>
        (Role.Length == 0 || RoleName.Of(user.Role) == Role) && (Customer.Length == 0 || user.CustomerId == Customer)
        && (Text.Length == 0 || Has(user.Name) || Has(user.DisplayName)) && (After.Length == 0 || string.CompareOrdinal(user.Name, After) > 0);

    public string Address() => new AddressText(UserAddress.Users).Add("q", Text).Add("role", Role).Add("customer", Customer).Add("after", After).ToString();

    private bool Has(string? text) => text?.Contains(Text, StringComparison.OrdinalIgnoreCase) ?? false;
}

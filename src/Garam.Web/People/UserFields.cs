using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.People;

/// <summary>The form of a user as it was typed, without the password: a mistake costs nothing else of it.</summary>
public sealed record UserFields(string Name, string DisplayName, string Role, string Customer, string Language)
{
    public static readonly UserFields Empty = new("", "", "viewer", "", "");

    public static UserFields Of(User user) => new(user.Name, user.DisplayName ?? "", RoleName.Of(user.Role), user.CustomerId ?? "", user.Language ?? "");

    internal static UserFields Of(IFormCollection form) =>
        new(Text(form, "name"), Text(form, "displayName"), Text(form, "role"), Text(form, "customer"), Text(form, "language"));

    public UserBody New(string password) =>
        new(DisplayName.Length > 0 ? DisplayName : null, Role, Customer.Length > 0 ? Customer : null, Language.Length > 0 ? Language : null, null, password);

    /// <summary>Only what differs from the user as they are, so that the trail tells what was changed.</summary>
    internal UserBody Changes(User user)
    {
        var present = Of(user);
        return new UserBody(
            DisplayName == present.DisplayName ? null : DisplayName, Role == present.Role ? null : Role,
            Customer == present.Customer ? null : Customer, Language == present.Language ? null : Language, null, null);
    }

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}

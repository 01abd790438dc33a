namespace Garam.Web.People;

/// <summary>Addresses of the pages of users.</summary>
internal static class UserAddress
{
    public const string Users = "/users";
    public const string Account = "/account";
    public const string Audit = "/audit";

    public static string Of(string name, string tail = "") => $"{Users}/{Uri.EscapeDataString(name)}{tail}";
}

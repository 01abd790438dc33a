namespace Garam.Web.Manage.Sheets;

/// <summary>The columns of a file of devices.</summary>
internal static class SheetColumns
{
    public const string Id = "id";
    public const string Title = "title";
    public const string Product = "product";
    public const string Model = "model";
    public const string Site = "site";

    /// <summary>Follows from the site; read only to be compared.</summary>
    public const string Customer = "customer";
    public const string Hub = "hub";

    /// <summary>Seconds.</summary>
    public const string Period = "period";

    /// <summary><c>key=value; key=value</c>, or one a line.</summary>
    public const string Tags = "tags";

    /// <summary><c>yes</c> or <c>no</c>; empty is no.</summary>
    public const string Disabled = "disabled";

    public static readonly IReadOnlyList<string> All = [Id, Title, Product, Model, Site, Customer, Hub, Period, Tags, Disabled];
}

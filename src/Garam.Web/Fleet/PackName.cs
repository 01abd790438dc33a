using Garam.Web.Visits;

namespace Garam.Web.Fleet;

/// <summary>Names of packs for people; one that nobody translated keeps its own.</summary>
internal static class PackName
{
    public static string Of(string pack, Visit visit) => Wording.Find("pack." + pack, visit.Culture) ?? pack;

    /// <summary>A few letters, for the round badge.</summary>
    public static string Short(string pack, Visit visit)
    {
        var name = Of(pack, visit);
        return name.Length <= 5 ? name : name[..4];
    }
}

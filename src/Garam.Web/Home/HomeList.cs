using System.Globalization;
using Garam.Platform.Identity;
using Garam.Web.Fleet;

namespace Garam.Web.Home;

/// <summary>The devices of a filter, those that need a person first, and what there is to choose from.</summary>
/// <param name="Found">Devices that the filter takes.</param>
/// <param name="Shown">Of these the ones on the page, without those it has already.</param>
/// <param name="Total">Devices that the reader may see at all.</param>
/// <param name="Conditions">How many there are of each condition that occurs, under the rest of the filter.</param>
public sealed record HomeList(
    int Found, IReadOnlyList<FleetDevice> Shown, int Total, IReadOnlyList<(Condition Condition, int Count)> Conditions,
    IReadOnlyList<string> Packs, IReadOnlyList<string> Sites, IReadOnlyList<string> Products, IReadOnlyList<string> Tags)
{
    /// <summary>Choices a list offers; beyond that, searching is quicker than choosing.</summary>
    private const int ChoicesMax = 200;

    internal static HomeList Of(FleetView fleet, AccessScope scope, HomeFilter filter, CultureInfo culture)
    {
        var all = fleet.All(scope).ToList();
        var order = StringComparer.Create(culture, CompareOptions.NumericOrdering | CompareOptions.IgnoreCase);
        var found = all.Where(filter.Takes).ToList();
        return new HomeList(
            found.Count,
            [.. found.OrderBy(d => d.Condition).ThenBy(d => d.Title, order).ThenBy(d => d.Id, StringComparer.Ordinal).Take(filter.Shown).Skip(filter.From)],
            all.Count,
            [.. all.Where(filter.TakesApartFromCondition).GroupBy(d => d.Condition).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))],
            Choices(all.Select(d => d.Pack), order),
            Choices(all.Select(d => d.Site), order),
            Choices(all.Select(d => d.Device.ProductId ?? ""), order),
            Choices(all.SelectMany(d => d.Tags), order));
    }

    private static List<string> Choices(IEnumerable<string> values, StringComparer order) =>
        [.. values.Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).Order(order).Take(ChoicesMax)];
}

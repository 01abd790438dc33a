using System.Globalization;
using Garam.Packs.Fire.Board;
using Garam.Packs.Fire.Risk;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Fire;

/// <summary>What of the fire page is shown; all of it stands in the address.</summary>
/// <param name="Level">Only detectors of this level; empty shows all.</param>
/// <param name="Rows">Detectors in the list.</param>
/// <param name="Sites">Buildings.</param>
public sealed record FireQuery(string Level, int Rows, int Sites)
{
    public const int RowsUsual = 20;
    public const int SitesUsual = 12;

    /// <summary>More rows than this are no list; level and building narrow it down.</summary>
    private const int RowsMax = 500;

    private const int SitesMax = 200;

    /// <summary>The levels one can choose, the worst first.</summary>
    public static readonly IReadOnlyList<string> Levels = [.. RiskLevel.All.Reverse(), FireSign.Silent];

    internal static FireQuery Of(IQueryCollection query)
    {
        var level = query["level"].ToString().ToUpperInvariant();
        return new FireQuery(Levels.Contains(level) ? level : "", Number(query["rows"], RowsUsual, RowsMax), Number(query["sites"], SitesUsual, SitesMax));
    }

    public bool Takes(Detector detector) => Level.Length == 0 || FireSign.Level(detector) == Level;

    public FireQuery MoreRows() => this with { Rows = Math.Min(Rows * 5, RowsMax) };

    public FireQuery MoreSites() => this with { Sites = SitesMax };

    public string Address() => "/fire" + Parameters('?');

    /// <summary>The parameters, for the address and for the stream.</summary>
    public string Parameters(char first) => new AddressText("", first)
        .Add("level", Level.ToLowerInvariant()).Add("rows", Rows == RowsUsual ? null : Rows.ToString(CultureInfo.InvariantCulture))
        .Add("sites", Sites == SitesUsual ? null : Sites.ToString(CultureInfo.InvariantCulture)).ToString();

    private static int Number(string? text, int usual, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? Math.Min(number, most) : usual;
}

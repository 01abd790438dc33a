using Garam.Packs.Fire.Board;
using Garam.Packs.Fire.Risk;
using Garam.Web.Figures;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Fire;

/// <summary>How many active detectors there are of each level.</summary>
public sealed partial class RiskLevels
{
    private const double Middle = 60;
    private const double Radius = 46;

    /// <summary>Degrees between two parts.</summary>
    private const double Gap = 6;

    private IReadOnlyList<(string Level, int Count)> _counts = [];
    private IReadOnlyList<(string Level, double From, double Degrees)> _parts = [];

    [Parameter, EditorRequired]
    public FireOverview Board { get; set; } = null!;

    [Parameter, EditorRequired]
    public FireQuery Query { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _counts = [.. RiskLevel.All.Select((level, i) => (level, Board.Levels[i])).Reverse()];
        var silent = Board.Detectors.Count - Board.Levels.Sum();
        if (silent > 0)
            _counts = [.. _counts, (FireSign.Silent, silent)];
        _parts = Parts();
    }

    /// <summary>Each part keeps as many degrees as can be seen, however few its detectors.</summary>
    private List<(string Level, double From, double Degrees)> Parts()
    {
        var shown = _counts.Where(c => c.Count > 0 && c.Level != FireSign.Silent).ToList();
        var all = shown.Sum(c => c.Count);
        var free = 360 - (shown.Count * (Gap + Gap));
        var parts = new List<(string Level, double From, double Degrees)>();
        var from = -90.0;
        foreach (var (level, count) in shown)
        {
            var degrees = shown.Count == 1 ? 359.9 : Gap + (free * count / all);
            parts.Add((level, from, degrees));
            from += degrees + Gap;
        }

        return parts;
    }

    private static string Arc(double from, double degrees)
    {
        var (startX, startY) = At(from);
        var (endX, endY) = At(from + degrees);
        return $"M{Figure.Coordinate(startX)} {Figure.Coordinate(startY)}A{Radius} {Radius} 0 {(degrees > 180 ? 1 : 0)} 1 {Figure.Coordinate(endX)} {Figure.Coordinate(endY)}";
    }

    private static (double X, double Y) At(double degrees)
    {
        var angle = degrees * Math.PI / 180;
        return (Middle + (Radius * Math.Cos(angle)), Middle + (Radius * Math.Sin(angle)));
    }
}

using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Board;
using Garam.Platform.Identity;
using Garam.Web.Fire;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>A building's own page.</summary>
internal sealed class LiveBuilding(string site, AccessScope scope, FireView view) : ILivePart
{
    private Building? _building;
    private RiskMinutes? _hour;
    private IReadOnlyList<DevicePair>? _pairs;

    public void Look(List<RenderFragment> changed)
    {
        if (view.Board.Find(scope, site) is not { } building)
            return;
        var hour = view.Board.Hour(scope, site);
        var isDrawnOtherwise = _building is null || (!ReferenceEquals(building, _building) && !BuildingLook.AreAlike(_building, building));
        if (isDrawnOtherwise)
            changed.Add(LivePart.Of<BuildingDrawing>((nameof(BuildingDrawing.Building), building), (nameof(BuildingDrawing.IsWhole), true)));
        if (!ReferenceEquals(building, _building))
            Pairs(building, changed);

        if (!ReferenceEquals(hour, _hour))
            changed.Add(LivePart.Of<ClusterHistory>((nameof(ClusterHistory.Hour), hour)));
        if (isDrawnOtherwise || !ReferenceEquals(hour, _hour))
            changed.Add(LivePart.Of<DetectorHours>((nameof(DetectorHours.Building), building), (nameof(DetectorHours.Hour), hour)));
        (_building, _hour) = (building, hour);
    }

    /// <summary>Temperatures move with every reading; a pair is one of those at risk, so there are seldom any.</summary>
    private void Pairs(Building building, List<RenderFragment> changed)
    {
        var pairs = view.Board.Pairs(building);
        if (_pairs is not null && pairs.Count == 0 && _pairs.Count == 0)
            return;
        _pairs = pairs;
        changed.Add(LivePart.Of<CorrelatedPairs>((nameof(CorrelatedPairs.Pairs), pairs)));
    }
}

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

    public void Look(List<RenderFragment> changed)
    {
        if (view.Board.Find(scope, site) is not { } building)
            return;
        var hour = view.Board.Hour(scope, site);
        if (!ReferenceEquals(building, _building))
        {
            changed.Add(LivePart.Of<BuildingDrawing>((nameof(BuildingDrawing.Building), building), (nameof(BuildingDrawing.IsWhole), true)));
            changed.Add(LivePart.Of<CorrelatedPairs>((nameof(CorrelatedPairs.Pairs), view.Board.Pairs(building))));
        }

        if (!ReferenceEquals(hour, _hour))
            changed.Add(LivePart.Of<ClusterHistory>((nameof(ClusterHistory.Hour), hour)));
        if (!ReferenceEquals(building, _building) || !ReferenceEquals(hour, _hour))
            changed.Add(LivePart.Of<DetectorHours>((nameof(DetectorHours.Building), building), (nameof(DetectorHours.Hour), hour)));
        (_building, _hour) = (building, hour);
    }
}

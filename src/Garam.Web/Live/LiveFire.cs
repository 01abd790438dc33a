using Garam.Packs.Fire.Board;
using Garam.Platform.Identity;
using Garam.Web.Fire;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>The fire page: of what the view, made anew once a second, holds as another object than before, the parts that are drawn otherwise.</summary>
internal sealed class LiveFire(FireQuery query, AccessScope scope, FireView view) : ILivePart
{
    private FireNow? _former;

    public void Look(List<RenderFragment> changed)
    {
        var now = view.Of(scope);
        if (ReferenceEquals(now, _former))
            return;
        var former = _former;
        _former = now;
        if (former is null || !ReferenceEquals(former.Board, now.Board) || former.OpenAlarms != now.OpenAlarms)
            changed.Add(LivePart.Of<FireTotals>((nameof(FireTotals.Now), now)));
        if (former is null || !ReferenceEquals(former.Hour, now.Hour))
            changed.Add(LivePart.Of<FireHour>((nameof(FireHour.Hour), now.Hour)));
        if (now.Messages is not null && (former is null || !ReferenceEquals(former.Messages, now.Messages) || former.MessagesPerSecond != now.MessagesPerSecond))
            changed.Add(LivePart.Of<FireMessages>((nameof(FireMessages.Now), now)));
        if (former is null || !ReferenceEquals(former.Alerts, now.Alerts))
            changed.Add(LivePart.Of<FireAlerts>((nameof(FireAlerts.Alerts), now.Alerts)));
        if (former is not null && ReferenceEquals(former.Board, now.Board))
            return;
        if (former is null || !former.Board.Levels.SequenceEqual(now.Board.Levels) || former.Board.Detectors.Count != now.Board.Detectors.Count)
            changed.Add(LivePart.Of<RiskLevels>((nameof(RiskLevels.Board), now.Board), (nameof(RiskLevels.Query), query)));
        Rows(former?.Board, now.Board, changed);
        Sites(former?.Board, now.Board, changed);
    }

    private void Rows(FireOverview? former, FireOverview now, List<RenderFragment> changed)
    {
        var before = former?.Detectors.Where(query.Takes).Take(query.Rows + 1).ToList();
        var after = now.Detectors.Where(query.Takes).Take(query.Rows + 1).ToList();
        if (before is null || !before.Select(d => d.Id).SequenceEqual(after.Select(d => d.Id)))
        {
            changed.Add(LivePart.Of<DetectorList>((nameof(DetectorList.Board), now), (nameof(DetectorList.Query), query)));
            return;
        }

        foreach (var (was, row) in before.Zip(after).Take(query.Rows))
        {
            if (ReferenceEquals(was, row))
                continue;
            changed.Add(DetectorLook.Of(was) == DetectorLook.Of(row)
                ? LivePart.Of<DetectorAge>((nameof(DetectorAge.Detector), row))
                : LivePart.Of<DetectorRow>((nameof(DetectorRow.Detector), row)));
        }
    }

    private void Sites(FireOverview? former, FireOverview now, List<RenderFragment> changed)
    {
        var before = former?.Buildings.Take(query.Sites).ToList();
        var after = now.Buildings.Take(query.Sites).ToList();
        if (before is null || !before.Select(b => b.Site).SequenceEqual(after.Select(b => b.Site)))
        {
            changed.Add(LivePart.Of<Buildings>((nameof(Buildings.Board), now), (nameof(Buildings.Query), query)));
            return;
        }

        foreach (var (was, building) in before.Zip(after))
        {
            if (!ReferenceEquals(was, building) && !BuildingLook.AreAlike(was, building))
                changed.Add(LivePart.Of<BuildingDrawing>((nameof(BuildingDrawing.Building), building)));
        }
    }
}

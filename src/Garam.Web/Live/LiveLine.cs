using Garam.Platform.Identity;
using Garam.Web.Fleet;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>The figures in the header and above the cards, once a second at most.</summary>
internal sealed class LiveLine(AccessScope scope, FleetPulse pulse, bool withStrip) : ILivePart
{
    private FleetFigures? _former;

    public void Look(List<RenderFragment> changed)
    {
        var figures = pulse.Of(scope);
        if (figures == _former)
            return;
        _former = figures;
        changed.Add(LivePart.Of<LineState>());
        if (withStrip)
            changed.Add(LivePart.Of<FleetStrip>());
    }
}

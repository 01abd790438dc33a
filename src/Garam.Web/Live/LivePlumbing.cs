using Garam.Web.Plumbing;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>The figures of the pipeline's page.</summary>
internal sealed class LivePlumbing(PlumbingView view) : ILivePart
{
    private PlumbingFigures? _former;

    public void Look(List<RenderFragment> changed)
    {
        var figures = view.Figures();
        if (ReferenceEquals(figures, _former))
            return;
        _former = figures;
        changed.Add(LivePart.Of<PipelineFigures>());
    }
}

using Garam.Platform.Rules.BackTest;
using Garam.Web.Rules;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>A back-test under way: how far it is, and at the end its result.</summary>
internal sealed class LiveBackTest(BackTestDesk desk, long number, bool byDevice) : ILivePart
{
    private BackTestProgress? _former;

    public void Look(List<RenderFragment> changed)
    {
        // The page may have been drawn before the run ended: the first look tells it too.
        if (_former is { IsOver: true } || desk.Find(number) is not { } job || ReferenceEquals(job.Progress, _former))
            return;
        _former = job.Progress;
        changed.Add(LivePart.Of<BackTestResult>((nameof(BackTestResult.Job), job), (nameof(BackTestResult.ByDevice), byDevice)));
    }
}

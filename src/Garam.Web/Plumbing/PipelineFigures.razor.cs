using Garam.Platform.Pipeline;
using Garam.Web.Figures;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Plumbing;

/// <summary>What of the pipeline changes by itself.</summary>
public sealed partial class PipelineFigures
{
    private PlumbingFigures _now = null!;
    private LedgerCounts _total;
    private LedgerCounts _today;

    private double Used => _now.DiskTotalBytes == 0 ? 0 : 1 - ((double)_now.DiskFreeBytes / _now.DiskTotalBytes);

    protected override void OnInitialized()
    {
        _now = View.Figures();
        _total = Pipeline.Ledger.Total();
        var today = DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(Visit.NowUs * 10));
        _today = Pipeline.Ledger.Days().Where(d => d.Day == today).Select(d => d.Counts).FirstOrDefault();
    }

    private string Milliseconds(double? seconds) => seconds is { } s ? Figure.Short(s * 1000, Visit.Culture) + " ms" : Figure.None;
}

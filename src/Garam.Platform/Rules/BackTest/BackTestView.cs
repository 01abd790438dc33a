using Garam.Platform.Rest;

namespace Garam.Platform.Rules.BackTest;

/// <summary>A back-test's report as JSON.</summary>
internal static class BackTestView
{
    public static object Of(BackTestReport report) => new
    {
        ruleset = report.Ruleset,
        version = report.DraftVersion == 0 ? (int?)null : report.DraftVersion,
        liveVersion = report.LiveVersion,
        from = TimeParameter.Format(report.FromUs),
        to = TimeParameter.Format(report.ToUs),
        devices = report.Devices,
        readings = report.Readings,
        tookMs = report.TookMs,
        rules = report.Rules.Select(r => new { rule = r.Rule, draft = r.Draft, live = r.Live, shared = r.Shared, added = r.Added, gone = r.Gone, real = r.Real }),
        draft = Of(report.Draft),
        live = report.Live is { } live ? Of(live) : null,
        raised = report.Raised.Select(Of),
        gone = report.Gone.Select(Of),
        cut = report.Cut,
        notes = report.Notes.Select(n => n.ToString()),
    };

    private static object Of(BackTestQuality q) => new
    {
        confirmed = q.Confirmed,
        confirmedRaised = q.ConfirmedRaised,
        dismissed = q.Dismissed,
        dismissedRaised = q.DismissedRaised,
        unjudged = q.Unjudged,
        precision = q.Precision,
        recall = q.Recall,
    };

    private static object Of(BackTestAlarm a) => new
    {
        rule = a.Rule,
        subject = a.Subject,
        device = a.DeviceId,
        severity = a.Severity,
        raised = TimeParameter.Format(a.RaisedUs),
        cleared = a.ClearedUs is { } cleared ? TimeParameter.Format(cleared) : null,
        count = a.Count,
        worst = double.IsNaN(a.Worst) ? (double?)null : a.Worst,
        message = a.Message,
        alsoLive = a.IsShared,
        verdict = a.Verdict,
        devices = a.Devices.Count == 0 ? null : a.Devices,
    };
}

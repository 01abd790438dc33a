using Garam.Platform.Rest;
using Garam.Platform.Rules.BackTest;
using Garam.Web.Figures;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Rules;

/// <summary>Over what a back-test runs, as its form says it.</summary>
/// <param name="Devices">Only these devices; empty takes all of the product.</param>
internal sealed record BackTestQuery(TimeRange Range, IReadOnlySet<string> Devices)
{
    /// <summary>How far back, the usual in the middle; <see cref="Own"/> takes the times of the form.</summary>
    public static readonly IReadOnlyList<string> Ranges = ["1h", "6h", "24h", "7d", "30d", "90d"];

    /// <summary>A range of one's own.</summary>
    public const string Own = "own";

    /// <summary>Reads a form.</summary>
    /// <param name="wrong">The end of a key <c>backtest.wrong.</c>; empty when the answer is a query.</param>
    public static BackTestQuery? Of(IFormCollection form, Visit visit, out string wrong)
    {
        wrong = "";
        var devices = form["devices"].ToString().Split([',', ' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        var range = form["range"].ToString();
        var toUs = visit.NowUs;
        var fromUs = toUs - SpanUs(range);
        if (range == Own && !(Moment.TryParse(form["from"], visit, out fromUs) && Moment.TryParse(form["to"], visit, out toUs) && fromUs < toUs))
            wrong = "range";
        else if (toUs - fromUs > BackTestRequest.RangeMaxUs)
            wrong = "long";
        else if (devices.Count > BackTestRequest.DevicesMax)
            wrong = "devices";
        return wrong.Length == 0 ? new BackTestQuery(new TimeRange(fromUs, toUs), devices) : null;
    }

    private static long SpanUs(string range) => 3_600_000_000L * range switch { "1h" => 1, "6h" => 6, "7d" => 7 * 24, "30d" => 30 * 24, "90d" => 90 * 24, _ => 24 };
}

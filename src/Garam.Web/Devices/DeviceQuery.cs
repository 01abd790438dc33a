using System.Globalization;
using Garam.Web.Figures;
using Garam.Web.Shell;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Http;

namespace Garam.Web.Devices;

/// <summary>What of a device is looked at; all of it stands in the address, so that it can be shared.</summary>
/// <param name="Range">One of <see cref="Ranges"/>; empty for a range of one's own.</param>
/// <param name="FromUs">Begin of a range of one's own, Unix microseconds.</param>
/// <param name="ToUs">Its end.</param>
/// <param name="Metrics">Metrics of the chart; empty leaves the choice to the page.</param>
public sealed record DeviceQuery(string DeviceId, string Range, long FromUs, long ToUs, IReadOnlyList<string> Metrics)
{
    /// <summary>Lines that can still be told apart.</summary>
    public const int MetricsMax = 6;

    public static readonly IReadOnlyList<string> Ranges = ["1h", "24h", "7d", "30d"];

    private const int NameMax = 256;

    public bool IsOwnRange => Range.Length == 0;

    /// <summary>Length of the range.</summary>
    public long SpanUs => IsOwnRange ? ToUs - FromUs : Hours(Range) * 3_600_000_000L;

    internal static DeviceQuery Of(string deviceId, IQueryCollection query, Visit visit)
    {
        var metrics = query["metric"].OfType<string>().Where(m => m.Length is > 0 and <= NameMax).Distinct(StringComparer.Ordinal).Take(MetricsMax).ToList();
        if (Moment.TryParse(query["from"], visit, out var from) && Moment.TryParse(query["to"], visit, out var to) && from < to)
            return new DeviceQuery(deviceId, "", from, to, metrics);
        var range = query["range"].ToString();
        return new DeviceQuery(deviceId, Ranges.Contains(range) ? range : "24h", 0, 0, metrics);
    }

    public DeviceQuery With(string range) => this with { Range = range, FromUs = 0, ToUs = 0 };

    public string Address()
    {
        var address = new AddressText(Fleet.DeviceAddress.Of(DeviceId));
        if (IsOwnRange)
            address.Add("from", Moment.Iso(FromUs)).Add("to", Moment.Iso(ToUs));
        else
            address.Add("range", Range);
        foreach (var metric in Metrics)
            address.Add("metric", metric);
        return address.ToString();
    }

    private static int Hours(string range) => range switch { "1h" => 1, "7d" => 7 * 24, "30d" => 30 * 24, _ => 24 };
}

using Garam.Platform.Alarms;
using Garam.Platform.Identity;
using Garam.Web.Alarms;
using Garam.Web.Fleet;

namespace Garam.Web.Devices;

/// <summary>A device's alarms as its page shows them.</summary>
/// <param name="Shown">Those that are open, the worst first, then those of the range that have ended.</param>
/// <param name="Marks">Those of the range, for the time axis.</param>
public sealed record AlarmsOfDevice(IReadOnlyList<Alarm> Shown, IReadOnlyList<ChartMark> Marks)
{
    /// <summary>Marks that can still be told apart.</summary>
    private const int MarksMax = 50;

    private const int ShownMax = 5;

    /// <param name="fromUs">Begin of the range, inclusive.</param>
    /// <param name="toUs">Its end, exclusive.</param>
    internal static AlarmsOfDevice Read(string deviceId, AccessScope scope, OpenAlarms open, AlarmStore store, long fromUs, long toUs)
    {
        var ofRange = store.List(new AlarmFilter(Device: deviceId, Customer: scope.CustomerId, FromUs: fromUs, ToUs: toUs), MarksMax);
        var ended = ofRange.Where(a => a.State is not (AlarmState.Raised or AlarmState.Acknowledged));
        return new AlarmsOfDevice([.. open.Of(deviceId, scope).Concat(ended).Take(ShownMax)], [.. ofRange.Select(AlarmSign.Mark)]);
    }
}

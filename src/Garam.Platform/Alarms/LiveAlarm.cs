namespace Garam.Platform.Alarms;

/// <summary>What the desk keeps in memory of an alarm whose condition holds, or that is held open while it flaps. Immutable; about 300 bytes.</summary>
/// <param name="RaisedPosition">Position of the newest raise while it lasts; −1 for a silence.</param>
/// <param name="RaisedUs">Event time of that raise.</param>
/// <param name="IsOpen">Whether it is raised or acknowledged; people may have ended an alarm whose condition still holds.</param>
internal sealed record LiveAlarm(
    long Id, AlarmKey Key, string DeviceId, string ProductId, string? SiteId, string? CustomerId, bool LowerIsWorse,
    long RaisedPosition, long RaisedUs, long MarkPosition, long MarkUs, long LastPosition, long LastUs, long Count, long CountBase, double Worst,
    bool IsLasting, bool IsOpen, bool IsShelved, bool IsFlapping, long FlapUs)
{
    public static LiveAlarm Of(StoredAlarm stored)
    {
        var alarm = stored.Alarm;
        return new LiveAlarm(
            alarm.Id, alarm.Key, alarm.DeviceId, alarm.ProductId, alarm.SiteId, alarm.CustomerId, alarm.LowerIsWorse,
            alarm.RaisedPosition < 0 ? alarm.RaisedPosition : stored.MarkPosition, alarm.RaisedPosition < 0 ? alarm.FirstUs : stored.MarkUs,
            stored.MarkPosition, stored.MarkUs, alarm.LastPosition, alarm.LastUs, alarm.Count, stored.CountBase, alarm.Worst,
            stored.IsLasting, alarm.State is AlarmState.Raised or AlarmState.Acknowledged, alarm.IsShelved, alarm.IsFlapping, stored.FlapUs);
    }

    /// <summary>Whether the desk must go on remembering it.</summary>
    public bool IsLive => IsLasting || (IsFlapping && IsOpen);

    /// <summary>What a lane is told: figures since the newest raise.</summary>
    public LastingAlarm ToLasting() => new(Key, RaisedPosition, LastPosition, RaisedUs, LastUs, Count - CountBase, Worst);

    /// <summary>With the totals of a later signal; what it already has does not shrink.</summary>
    public LiveAlarm With(long position, long eventUs, long count, double worst) => this with
    {
        LastPosition = Math.Max(LastPosition, position),
        LastUs = Math.Max(LastUs, eventUs),
        Count = Math.Max(Count, CountBase + count),
        Worst = Worse(Worst, worst, LowerIsWorse),
    };

    private static double Worse(double a, double b, bool lowerIsWorse)
    {
        if (double.IsNaN(a) || double.IsNaN(b))
            return double.IsNaN(a) ? b : a;
        return lowerIsWorse ? Math.Min(a, b) : Math.Max(a, b);
    }
}

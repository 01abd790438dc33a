using Garam.Platform.Alarms;

namespace Garam.Platform.Detection;

/// <summary>What is counted while a rule's condition lasts. Owned by the lane of its device, or by its group's lock.</summary>
internal sealed class LastingCondition
{
    /// <summary>Progress is told every tenth of the time it lasts, between these two: a storm that lasts must not become a flood of its own.</summary>
    private const long ReportMinUs = 1_000_000;

    private const long ReportMaxUs = 30_000_000;

    public LastingCondition(long position, long timeUs, double value, long receivedUs)
    {
        RaisedPosition = LastPosition = position;
        FirstUs = LastUs = timeUs;
        Worst = value;
        Count = 1;
        BeganUs = ReportedUs = receivedUs;
    }

    public LastingCondition(LastingAlarm alarm)
    {
        RaisedPosition = alarm.RaisedPosition;
        LastPosition = alarm.LastPosition;
        FirstUs = alarm.FirstUs;
        LastUs = alarm.LastUs;
        Count = alarm.Count;
        Worst = alarm.Worst;
    }

    public long RaisedPosition { get; }

    public long LastPosition { get; private set; }

    public long FirstUs { get; }

    public long LastUs { get; private set; }

    public long Count { get; private set; }

    public double Worst { get; private set; }

    /// <summary>Whether something was counted that the alarms have not been told.</summary>
    public bool IsUnreported { get; private set; }

    private long BeganUs { get; }

    private long ReportedUs { get; set; }

    /// <summary>Counts a reading that meets the condition; true when the alarms are to be told now.</summary>
    public bool Add(in Occasion at, double value, bool lowerIsWorse)
    {
        // After a restart the log is read again from the last checkpoint: what was counted is not counted twice.
        if (at.Position >= 0 && at.Position <= LastPosition)
            return false;
        LastPosition = Math.Max(LastPosition, at.Position);
        LastUs = Math.Max(LastUs, at.TimeUs);
        Count++;
        if (double.IsNaN(Worst) || (lowerIsWorse ? value < Worst : value > Worst))
            Worst = value;
        IsUnreported = true;
        return at.ReceivedUs - ReportedUs >= Math.Clamp((at.ReceivedUs - BeganUs) / 10, ReportMinUs, ReportMaxUs);
    }

    public AlarmProgress Report(AlarmKey key, long receivedUs)
    {
        ReportedUs = receivedUs;
        IsUnreported = false;
        return new AlarmProgress(key, LastPosition, LastUs, Count, Worst);
    }

    public AlarmClear End(AlarmKey key, in Occasion at, string? reason = null) => new(key, at.Position, at.TimeUs, Count, Worst, reason);
}

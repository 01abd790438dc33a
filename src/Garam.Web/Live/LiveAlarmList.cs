using Garam.Web.Alarms;
using Garam.Web.Fleet;
using Microsoft.AspNetCore.Components;

namespace Garam.Web.Live;

/// <summary>The list of alarms, at most once a second: a storm of alarms must not become a storm of pages.</summary>
internal sealed class LiveAlarmList(AlarmsQuery query, OpenAlarms alarms, TimeProvider time) : ILivePart
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private long _version = -1;
    private long _sentAt;

    public void Look(List<RenderFragment> changed)
    {
        if (alarms.Version is var version && version == _version || (_version >= 0 && time.GetElapsedTime(_sentAt) < Every))
            return;
        _version = version;
        _sentAt = time.GetTimestamp();
        changed.Add(LivePart.Of<AlarmList>((nameof(AlarmList.Query), query)));
    }
}

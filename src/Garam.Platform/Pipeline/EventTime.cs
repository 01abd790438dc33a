using Garam.Platform.Configuration;

namespace Garam.Platform.Pipeline;

/// <summary>Which device clocks are believed: within a window around the receive time.</summary>
internal sealed class EventTime(PipelineOptions options)
{
    private readonly long _pastUs = options.PastDays * 86_400_000_000L;
    private readonly long _futureUs = options.FutureMinutes * 60_000_000L;

    public bool IsBelievable(long deviceUs, long receivedUs) => deviceUs >= receivedUs - _pastUs && deviceUs <= receivedUs + _futureUs;
}

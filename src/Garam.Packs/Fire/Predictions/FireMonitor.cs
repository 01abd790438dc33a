using Garam.Packs.Fire.Analytics;
using Garam.Packs.Fire.Dashboard;
using Garam.Packs.Fire.Risk;
using Garam.Platform.Pipeline;
using Garam.Platform.Rest;
using Garam.TimeSeries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Garam.Packs.Fire.Predictions;

/// <summary>
/// What the pack does by the clock: counts messages and analyses the devices at risk every 10 seconds, so that a short fire is seen, and keeps house every hour.
/// </summary>
internal sealed class FireMonitor(
    SiteAnalysis sites, PredictionJournal journal, MessageRates rates, Pipeline pipeline, TimeSeriesStore store, TimeProvider time, ILogger<FireMonitor> logger)
    : BackgroundService
{
    /// <summary>Devices of one round, the riskiest first: each costs the reading of an hour.</summary>
    private const int DevicesMax = 50;

    private const int HousekeepingTicks = 360;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);
    private static readonly long RecentUs = TimeSpan.FromMinutes(2).Ticks / TimeSpan.TicksPerMicrosecond;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        for (var tick = 0L; ; tick++)
        {
            Run(tick);
            try
            {
                if (!await timer.WaitForNextTickAsync(stoppingToken))
                    return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>One round over the devices that have spoken lately.</summary>
    internal int Analyse()
    {
        var nowUs = TimeParameter.ToUs(time.GetUtcNow());
        var atRisk = sites.Devices.Select(d => (Device: d, State: DeviceState.Of(store, d.Id.Value)))
            .Where(d => d.State.TimeUs > nowUs - RecentUs && (d.State.Risk >= 0.2 || d.State.Temperature > 50))
            .OrderByDescending(d => d.State.Risk).ThenBy(d => d.Device.Id.Value, StringComparer.Ordinal).Take(DevicesMax).ToList();
        return journal.Keep(atRisk.Select(d => sites.Of(d.Device)).ToList(), nowUs);
    }

    private void Run(long tick)
    {
        try
        {
            rates.Sample(TimeParameter.ToUs(time.GetUtcNow()), pipeline.Progress.Received, pipeline.Progress.Processed);
            Analyse();
            if (tick % HousekeepingTicks == 1)
                KeepHouse();
        }
        catch (Exception e)
        {
            // Supervised: the next round tries again; until then a prediction is missing, and nothing else depends on it.
            logger.LogError(e, "The analysis of fire detectors failed; it is tried again in {Seconds} s", Tick.TotalSeconds);
        }
    }

    private void KeepHouse()
    {
        var expired = journal.Expire(time.GetUtcNow());
        if (expired > 0)
            logger.LogInformation("{Count} fire predictions older than 7 days were removed", expired);
        foreach (var device in sites.Devices)
        {
            if (store.FindGroup(device.Id.Value) is { } group && group.RetentionClass != FireMetric.Product)
                store.SetRetentionClass(group, FireMetric.Product);
        }
    }
}
